"""Writing people."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from linshu.people.models import Person
from linshu.people.rules import pinyin
from linshu.people.rules.names import person_name
from linshu.people.sealing import blind_index, seal

# Columns a fact is stored in, where they are not just its own.
_COLUMNS = {
    "name": ("name", "name_initials", "name_sort"),
    "id_number": ("id_number_sealed", "id_number_index"),
    "phone": ("phone_sealed", "phone_tail_index"),
    "address": ("address_sealed",),
}


@dataclass(frozen=True)
class PersonData:
    """Plain values of a person, checked by the caller's rules (id_number.parse, phone pattern)."""

    name: str
    sex: str
    birth_date: date
    id_number: str = ""
    phone: str = ""
    address: str = ""
    ethnicity: str = ""
    education: str = ""


def new_person(data: PersonData) -> Person:
    """An unsaved Person with sealed fields, blind indexes and pinyin keys filled."""
    person = Person(
        name=data.name, sex=data.sex, birth_date=data.birth_date, ethnicity=data.ethnicity, education=data.education
    )
    fill_person(person, data)
    return person


def fill_person(person: Person, data: PersonData) -> None:
    """Set every stored form of the plain values on ``person``, without saving."""
    for column, value in columns_of(data, owner=person.uuid).items():
        setattr(person, column, value)


def columns_of(data: PersonData, *, owner: UUID | str) -> dict[str, Any]:
    """The plain values as a row of ``Person`` with this UUID stores them: sealed, indexed, with pinyin."""
    name = person_name(data.name)
    initials, sort_key = pinyin.keys(name)
    return {
        "name": name,
        "name_initials": initials[:120],
        "name_sort": sort_key,
        "sex": data.sex,
        "birth_date": data.birth_date,
        "ethnicity": data.ethnicity,
        "education": data.education,
        "id_number_sealed": seal(data.id_number, owner=owner, field="id_number"),
        "id_number_index": blind_index(data.id_number, purpose="id_number") or None,
        "phone_sealed": seal(data.phone, owner=owner, field="phone"),
        "phone_tail_index": blind_index(data.phone[-4:], purpose="phone_tail"),
        "address_sealed": seal(data.address, owner=owner, field="address"),
    }


def amend_person(person: Person, **changes: Any) -> list[str]:
    """Set every stored form of the facts named, without saving; returns the columns to save."""
    columns: list[str] = []
    for name, value in changes.items():
        setattr(person, name, person_name(value) if name == "name" else value)
        columns += _COLUMNS.get(name, (name,))
    if "name" in changes:
        initials, person.name_sort = pinyin.keys(person.name)
        person.name_initials = initials[:120]
    if "id_number" in changes:
        person.id_number_index = blind_index(changes["id_number"], purpose="id_number") or None
    if "phone" in changes:
        person.phone_tail_index = blind_index(changes["phone"][-4:], purpose="phone_tail")
    return columns
