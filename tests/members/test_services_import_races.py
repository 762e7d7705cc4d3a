"""Two at once: nobody is made twice, and who was slower is told what became of his rows."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from linshu.errors import Conflict
from linshu.people.models import Person
from linshu.people.rules import id_number
from linshu.people.services import PersonData, new_person
from linshu.scope import SYSTEM
from members.models import Import, ImportRow, Membership
from members.rules.importing import State
from members.services.importing import applying, begin, confirm, import_roster, read, write
from members.services.registering import register_member
from organizations.models import Organization, Post
from tests.members.rosters import MAN, workbook

pytestmark = pytest.mark.django_db(transaction=True)


def race(*tasks):
    """Run the tasks at the same moment; what each returned."""
    barrier = Barrier(len(tasks))

    def run(task):
        try:
            barrier.wait()
            return task()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def confirmed(now) -> Import:
    """An import of the small roster's members, ready to be written."""
    record = begin(name="名册.xlsx", content=workbook([]), by=SYSTEM, now=now)
    read(record, by=SYSTEM, now=now)
    return confirm(import_=record, all_or_nothing=False, by=SYSTEM, now=now)


def emptied() -> None:
    for model in (Post, Membership, ImportRow, Import, Person):
        model.objects.all().delete()


def test_two_imports_of_one_file_are_written_at_once(now, rounds):
    import_roster(content=workbook(people=[]), by=SYSTEM, now=now)
    for _ in range(rounds):
        emptied()
        records = [confirmed(now) for _ in range(2)]
        done = race(*(lambda record=record: write(record, by=SYSTEM, now=now) for record in records))
        assert sorted(each.sentence for each in done) == ["已新增 3 名党员。", "没有变化。3 名党员无变化。"]
        assert (Membership.objects.count(), Person.objects.count(), Post.objects.count()) == (3, 3, 1)


def test_one_import_is_written_by_two_workers(now, rounds):
    import_roster(content=workbook(people=[]), by=SYSTEM, now=now)
    for _ in range(rounds):
        emptied()
        record = confirmed(now)
        done = race(*[lambda record=record: write(record, by=SYSTEM, now=now)] * 2)
        assert {each.state for each in done} == {State.WRITTEN} and Membership.objects.count() == 3


def test_somebody_is_typed_in_while_the_file_is_written(now, rounds):
    import_roster(content=workbook(people=[]), by=SYSTEM, now=now)
    branch = Organization.objects.get(code="A-1-1-1")
    days = {"joined_on": date(1992, 5, 26), "full_on": date(1993, 5, 26)}
    values = {"name": "魏军平", "id_number": MAN, "category": "full", **days}
    for _ in range(rounds):
        emptied()
        record = confirmed(now)

        def typed():
            try:
                return register_member(organization=branch, values=values, by=SYSTEM, now=now)
            except Conflict as error:
                return error

        done = race(lambda record=record: write(record, by=SYSTEM, now=now), typed)
        assert done[0].state == State.WRITTEN
        assert Person.objects.count() == Membership.objects.count() == 3


def test_a_person_made_between_compare_and_insert_is_compared_anew(now, monkeypatch):
    """Residents are registered without the tree lock: here one is, at the worst moment."""
    import_roster(content=workbook(people=[]), by=SYSTEM, now=now)
    record = confirmed(now)
    compared = applying.Applying._compared
    born = id_number.parse(MAN, today=now.date()).birth_date
    made = []

    def meanwhile(self, batch):
        works = compared(self, batch)
        if not made:
            made.append(new_person(PersonData("魏军平", "1", born, MAN)))
            made[0].save()
        return works

    monkeypatch.setattr(applying.Applying, "_compared", meanwhile)
    assert write(record, by=SYSTEM, now=now).written_new == 3
    assert Membership.objects.get(person__name="魏军平").person.id_number == MAN
