"""Every address of the URLconf with a row behind each of its arguments."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.urls import URLResolver, get_resolver
from django.utils import timezone

from linshu.audit.models import Event
from linshu.files.services import store
from linshu.jobs.models import Job
from linshu.parameters.catalogue import CATALOGUE
from linshu.people.models import ApiToken, User
from linshu.statistics.models import AnnualStatistics
from members.models import ChangeRequest, Export, Import
from organizations.models import Body, Grid, LeadAppointment, OrganizationPeriod, Post, Seat, Term, Upgrade
from organizations.rules.bodies import BodyKind
from organizations.rules.kinds import Kind
from tests.factories import GrantFactory, MembershipFactory, OrganizationFactory, PersonFactory, UserFactory

SINCE, DUE = date(2025, 1, 1), date(2030, 1, 1)
ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")
COMMUNITY = {"bodies", "grids", "lead", "upgrade"}  # pages of a community rather than of a branch
ROWS = (
    "members/changes",
    "members/exports",
    "members/imports",
    "members",
    "jobs",
    "statistics",
)  # whose pages name a row


class Address(NamedTuple):
    """A pattern of the URLconf: ``organizations:node`` and ``/organizations/<int:pk>/``; without a name, the pattern."""

    key: str
    route: str

    def path(self, values: dict[str, dict[str, Any]]) -> str:
        """The address with the row of its kind behind each argument."""
        known = values["*"] | values.get(self.key, {}) | values.get(self.kind, {})
        filled = ARGUMENT.sub(lambda found: str(known[found[1] or found[2]]), self.route)
        return "/" + re.sub(r"[\^$]", "", filled)

    @property
    def kind(self) -> str:
        """What the first argument names: the API's basename, the pages' own folder, or whether it is a community."""
        if self.key.startswith("api:"):
            return self.key.split("-")[0]
        row = next((folder for folder in ROWS if self.route.startswith(f"{folder}/<")), "")
        if row:
            return row
        words = set(re.split(r"[/<>:-]", self.route))
        return "community" if words & COMMUNITY else ""


def addresses(resolver: URLResolver | None = None, route: str = "", space: str = "") -> Iterator[Address]:
    """Every address, in the order of the URLconf."""
    for entry in (resolver or get_resolver()).url_patterns:
        where = route + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, where, f"{space}{entry.namespace}:" if entry.namespace else space)
        else:
            yield Address(f"{space}{entry.name}" if entry.name else where, where)


def stage(tree) -> dict[str, dict[str, Any]]:
    """Rows on the branch 乙社区第一支部 and its community; by kind of address, the value of each argument."""
    tree.branch.refresh_from_db()
    group = OrganizationFactory(
        kind=Kind.GROUP, name="乙社区第一支部第一党小组", short_name="第一党小组", parent=tree.branch
    )
    tree.branch.refresh_from_db()
    person = PersonFactory()
    account = UserFactory(person=person)
    community, branch = {"organization": tree.community}, {"organization": tree.branch}
    post = Post.objects.create(person=person, title="书记", valid_from=SINCE, **branch)
    term = Term.objects.create(valid_from=SINCE, years=5, due_on=DUE, **branch)
    lead = LeadAppointment.objects.create(
        branch=tree.branch, document_no="测试〔2025〕1号", valid_from=SINCE, **community
    )
    body = Body.objects.create(
        kind=BodyKind.RESIDENTS_COMMITTEE, term_from=SINCE, term_due_on=DUE, valid_from=SINCE, **community
    )
    seat = Seat.objects.create(body=body, person=PersonFactory(), title="委员", valid_from=SINCE)
    grid = Grid.objects.create(number="01", bounds="东至测试路", households=300, valid_from=SINCE, **community)
    upgrade = Upgrade.objects.create(members_count=60, reason="测试", proposed_on=SINCE, **community)
    member = MembershipFactory(organization=group)
    grant = GrantFactory(user=account, role="county_viewer", organization=tree.county)
    now = timezone.now()
    token = ApiToken.objects.create(
        user=account, label="测试", digest="0" * 64, created_at=now, expires_at=now + timedelta(days=1)
    )
    event = Event.objects.create(
        uuid="00000000-0000-0000-0000-000000000001", at=now, type="people.password_changed", actor_name="测试"
    )
    period = OrganizationPeriod.objects.get(organization=tree.branch)
    kept = _kept(tree, member, account, now)
    return {
        "*": {
            "pk": tree.branch.pk, "post": post.pk, "term": term.pk, "lead": lead.pk, "body": body.pk, "seat": seat.pk,
            "grid": grid.pk, "action": "approve", "account_id": account.pk, "user_id": account.pk,
            "grant_id": grant.pk, "token_id": token.pk, "event_id": event.pk, "code": next(code for code, each in CATALOGUE.items() if not each.security),
            "object_id": account.pk, "content_type_id": ContentType.objects.get_for_model(User).pk,
            "day": "2026-11-24", "date": "2026-11-24", "app_label": "people", "url": "nowhere/",
        },
        "member": {"person": member.person},
        "community": {"pk": tree.community.pk},
        "members": {"pk": member.pk},
        **{kind: {"pk": row.pk} for kind, row in kept.items()},
        "api:member": {"pk": member.pk}, "api:membership": {"pk": member.pk},
        "api:account": {"pk": account.pk}, "api:token": {"pk": token.pk}, "api:grant": {"pk": grant.pk},
        "api:event": {"pk": event.pk}, "api:period": {"pk": period.pk}, "api:upgrade": {"pk": upgrade.pk},
        "api:post": {"pk": post.pk}, "api:term": {"pk": term.pk}, "api:lead": {"pk": lead.pk},
        "api:body": {"pk": body.pk}, "api:seat": {"pk": seat.pk}, "api:grid": {"pk": grid.pk},
        "api:figure": {"code": "members.total"},
    }  # fmt: skip


def _kept(tree, member, account, now) -> dict[str, Any]:
    """What is done to the register as a whole: rows of the branch's community, asked for by the account."""
    job = Job.objects.create(kind="members.export", title="测试", user=account, created_at=now, beat_at=now)
    change = ChangeRequest.objects.create(
        membership=member, organization=tree.branch, kind="correct", reason="测试", requested_name="测试",
        requested_at=now,
    )  # fmt: skip
    roster = Import.objects.create(
        name="测试.xlsx", state="ready", organization=tree.community, user=account, created_at=now
    )
    export = Export.objects.create(
        user=account, day=SINCE, told="测试", reason="测试", rows=1, job=job, created_at=now, places=[tree.branch.pk]
    )
    file = store(name="测试.xlsx", chunks=[b""], media_type="text/plain", now=now)
    year = AnnualStatistics.objects.create(
        year=2025,
        organization=tree.county,
        numbers={"day": "2025-12-31", "columns": [], "rows": []},
        fingerprint="0" * 64,
        file=file,
        frozen_at=now,
    )
    return {
        "jobs": job, "api:job": job, "members/changes": change, "api:change": change, "members/imports": roster,
        "api:import": roster, "members/exports": export, "api:export": export, "statistics": year,
        "api:statistics": year,
    }  # fmt: skip
