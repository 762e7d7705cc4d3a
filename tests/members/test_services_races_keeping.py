"""Two offices at once: one of them is told that the other was faster, and nobody stands in two branches or in none."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from linshu.errors import Conflict, DomainError
from linshu.people.models import Person
from linshu.scope import SYSTEM
from members.models import ChangeRequest, Membership
from members.services.approving import approve
from members.services.correcting import correct, regroup, version_of
from members.services.deaths import record_death
from members.services.registering import register_member
from members.services.requests import return_, submit
from organizations.models import OPEN_END
from tests.factories import MembershipFactory, valid_id_number

pytestmark = pytest.mark.django_db(transaction=True)
TODAY, DAY = date(2026, 11, 24), date(2026, 11, 20)


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


def refused(results) -> list[DomainError]:
    return [result for result in results if isinstance(result, DomainError)]


def test_two_branches_register_the_same_person(tree, now, rounds):
    for number in range(rounds):
        values = {
            "id_number": valid_id_number(number), "name": "陈新来", "category": "full", "joined_on": date(2012, 7, 1),
            "full_on": date(2013, 7, 1),
        }  # fmt: skip
        tasks = [
            lambda place=place, values=values: register_member(organization=place, values=values, by=SYSTEM, now=now)
            for place in (tree.branch, tree.sibling)
        ]
        assert len(refused(race(*tasks))) == 1
        assert Membership.objects.count() == Person.objects.count() == number + 1


def test_two_correct_what_they_both_looked_at(tree, now, rounds):
    member = MembershipFactory(organization=tree.branch)
    for turn in range(rounds):
        version = version_of(Membership.objects.with_names().get(pk=member.pk))
        phones = [f"1990000{turn:03d}{digit}" for digit in (1, 2)]
        tasks = [
            lambda phone=phone, version=version: correct(
                membership=member, values={"phone": phone}, version=version, by=SYSTEM, now=now
            )
            for phone in phones
        ]
        results = race(*tasks)
        assert [type(each) for each in refused(results)] == [Conflict]
        assert Person.objects.get(pk=member.person_id).phone == phones[isinstance(results[0], DomainError)]


def test_two_correct_two_members_to_one_number(tree, now, rounds):
    rows = MembershipFactory.create_batch(2, organization=tree.branch, person__birth_date=date(1960, 1, 1))
    for turn in range(rounds):
        number = valid_id_number(100 + turn, born=date(1961, 1, 1))
        tasks = [
            lambda row=row, number=number: correct(
                membership=row, values={"id_number": number}, reason="对照身份证", by=SYSTEM, now=now
            )
            for row in rows
        ]
        assert len(refused(race(*tasks))) == 1


def test_a_death_while_the_group_is_changed(tree, now, rounds):
    for _ in range(rounds):
        member = MembershipFactory(organization=tree.area)
        race(
            lambda member=member: record_death(membership=member, on=DAY, by=SYSTEM, now=now),
            lambda member=member: regroup(membership=member, organization=tree.group, on=TODAY, by=SYSTEM, now=now),
        )
        chain = list(Membership.objects.filter(person=member.person).order_by("valid_from"))
        died_on = Person.objects.get(pk=member.person_id).died_on
        assert [row.valid_to for row in chain[:-1]] == [row.valid_from for row in chain[1:]]
        assert chain[-1].valid_to == (DAY if died_on else OPEN_END)


def test_one_approves_while_another_returns(tree, actor_with, now, rounds):
    asking = actor_with("branch_secretary", tree.branch)
    judges = [actor_with("community_officer", tree.community), actor_with("community_secretary", tree.community)]
    member = MembershipFactory(organization=tree.branch, person__name="陈华雪")
    for turn in range(rounds):
        name = "陈华" + "甲乙丙丁戊己庚辛壬癸"[turn % 10]
        request = submit(membership=member, values={"name": name}, reason="对照身份证", by=asking, now=now)
        results = race(
            lambda request=request: approve(request=request, by=judges[0], now=now),
            lambda request=request: return_(request=request, opinion="请补交材料", by=judges[1], now=now),
        )
        assert len(refused(results)) == 1
        approved = ChangeRequest.objects.get(pk=request.pk).state == "approved"
        assert (Person.objects.get(pk=member.person_id).name == name) == approved
