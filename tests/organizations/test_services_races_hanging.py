"""Two officers at once: one of them is told that the other was faster."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from linshu.errors import Conflict, DomainError
from linshu.scope import SYSTEM
from organizations.models import OPEN_END, LeadAppointment, Post, Seat
from organizations.rules.bodies import BodyKind
from organizations.services import bodies, leads, posts, seats
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)
ON = date(2025, 6, 1)


def race(*tasks):
    """Run the tasks at the same moment; what each returned or raised."""
    barrier = Barrier(len(tasks))

    def run(task):
        try:
            barrier.wait()
            return task()
        except DomainError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def test_two_appoint_a_secretary(tree, full_member, now, rounds):
    people = [full_member(tree.branch, name) for name in ("王一", "李二")]
    for _ in range(rounds):
        Post.objects.all().delete()
        tasks = [
            lambda person=person: posts.appoint(
                organization=tree.branch, person=person, title="书记", on=ON, by=SYSTEM, now=now
            )
            for person in people
        ]
        results = race(*tasks)
        assert sorted(type(result).__name__ for result in results) == ["Conflict", "Post"]
        assert Post.objects.filter(title="书记", valid_to=OPEN_END).count() == 1


def test_two_seat_a_chair(tree, now, rounds):
    body = bodies.establish_body(community=tree.community, kind=BodyKind.RESIDENTS_COMMITTEE, on=ON, by=SYSTEM, now=now)
    people = [PersonFactory(), PersonFactory()]
    for _ in range(rounds):
        Seat.objects.all().delete()
        tasks = [
            lambda person=person: seats.seat(body=body, person=person, title="主任", on=ON, by=SYSTEM, now=now)
            for person in people
        ]
        assert sum(isinstance(result, Conflict) for result in race(*tasks)) == 1
        assert Seat.objects.count() == 1


def test_two_appoint_a_leading_branch(tree, now, rounds):
    for _ in range(rounds):
        LeadAppointment.objects.all().delete()
        tasks = [
            lambda branch=branch: leads.appoint_lead(
                community=tree.community, branch=branch, document_no="甲街5号", on=ON, by=SYSTEM, now=now
            )
            for branch in (tree.branch, tree.sibling)
        ]
        assert sum(isinstance(result, DomainError) for result in race(*tasks)) == 1
        assert LeadAppointment.objects.count() == 1
