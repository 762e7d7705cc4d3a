"""Persons with sealed fields, blind indexes and pinyin keys: worked out on every core, written by one connection."""

from collections.abc import Iterator, Sequence
from multiprocessing import get_context

from linshu.demo.rules.population import FictionalPerson
from linshu.demo.services.bulk.loading import BATCH, load
from linshu.people.models import Person
from linshu.people.services import PersonData, fill_person

Job = tuple[int, Sequence[FictionalPerson]]


def write_people(people: Sequence[FictionalPerson], first_id: int) -> list[str]:
    """Write the people under the keys from ``first_id`` on; returns their pinyin sort keys in order."""
    jobs = [(first_id + start, people[start : start + BATCH]) for start in range(0, len(people), BATCH)]
    sort_keys = []
    for rows in _worked_out(jobs):
        load(rows)
        sort_keys += [row.name_sort for row in rows]
    return sort_keys


def _worked_out(jobs: list[Job]) -> Iterator[list[Person]]:
    """A tenth of a millisecond a person: worth a process a core for more than one batch."""
    if len(jobs) < 2:
        yield from map(_sealed, jobs)
        return
    # The children only compute; the open connection stays the parent's.
    with get_context("fork").Pool() as pool:
        yield from pool.imap(_sealed, jobs)


def _sealed(job: Job) -> list[Person]:
    first_id, people = job
    return [_person(key, each) for key, each in enumerate(people, start=first_id)]


def _person(key: int, told: FictionalPerson) -> Person:
    person = Person(pk=key, uuid=told.uuid, died_on=told.died_on)
    data = PersonData(
        told.name, told.sex, told.birth_date, told.id_number, told.phone, told.address, told.ethnicity, told.education
    )
    fill_person(person, data)
    return person
