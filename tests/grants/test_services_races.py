"""Two security administrators at the same moment cannot walk around 三权分立."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from linshu.errors import Invalid
from linshu.grants.models import Grant
from linshu.grants.services import actor_of
from linshu.grants.services.grants import give_grant
from organizations.models import Organization
from organizations.rules.kinds import Kind
from tests.factories import GrantFactory, OrganizationFactory, UserFactory


@pytest.mark.django_db(transaction=True)
def test_one_of_two_contrary_roles_is_refused(rounds):
    county: Organization = OrganizationFactory(kind=Kind.COUNTY)
    now = timezone.now()
    today = timezone.localdate(now)
    givers = [actor_of(GrantFactory(role="security_admin", organization=county).user, day=today) for _ in range(2)]
    for _ in range(rounds):
        user, start = UserFactory(), Barrier(2)

        def give(pair, user=user, start=start) -> bool:
            by, role = pair
            try:
                start.wait(timeout=20)
                give_grant(
                    user=user, role=role, organization=county, valid_from=today, valid_to=None, reason="县委组织部通知",
                    by=by, now=now,
                )  # fmt: skip
                return True
            except Invalid:
                return False
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as pool:
            given = list(pool.map(give, zip(givers, ["system_admin", "security_auditor"], strict=True)))
        assert sorted(given) == [False, True]
        assert Grant.objects.filter(user=user).count() == 1
