"""What a staged row will write, sealed: person columns made ready, the row itself as it was read."""

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from linshu.loading import made
from linshu.people.models import Person
from linshu.people.sealing import seal, unseal
from linshu.people.services import PersonData, columns_of
from members.models import Import, ImportRow
from members.rules.roster.shape import COLUMNS, MEMBERS, MemberRow, OrganizationRow
from organizations.rules.kinds import Kind

SEALED_COLUMNS = {"id_number_sealed", "phone_sealed", "address_sealed"}
DAYS = frozenset({"birth_date", "joined_on", "full_on", "established_on", "term_from"})
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
ALL = frozenset(COLUMNS[MEMBERS])


def pack(row: ImportRow, record: Import, content: Mapping[str, Any]) -> str:
    """The content as one sealed token, good for this row of this import only."""
    return seal(_JSON.encode(content), owner=record.uuid, field=_field(row))


def unpack(row: ImportRow, record: Import) -> dict[str, Any]:
    """What was packed."""
    content: dict[str, Any] = json.loads(unseal(row.payload, owner=record.uuid, field=_field(row)))
    return content


def packed_anew(row: ImportRow) -> str:
    """The same under the key in use, the columns of a new person within it too."""
    content = unpack(row, row.import_record)
    person = content.get("person", {})
    for name in SEALED_COLUMNS & person.keys():
        owner, field = UUID(person["uuid"]), name.removesuffix("_sealed")
        person[name] = seal(unseal(person[name], owner=owner, field=field), owner=owner, field=field)
    return pack(row, row.import_record, content)


def of_member(row: MemberRow, *, person: bool, differs: str = "") -> dict[str, Any]:
    """A row of 党员; with ``person`` also the columns of a new person, ``differs`` is what the preview showed."""
    told = _plain(vars(row))
    del told["stated"]
    content: dict[str, Any] = {"member": told, "differs": differs}
    if row.stated != ALL:
        content["stated"] = sorted(row.stated)
    if person:
        owner = str(uuid4())
        columns = columns_of(data_of(row), owner=owner)
        content["person"] = _plain(columns) | {"uuid": owner}
    return content


def member_of(content: Mapping[str, Any]) -> MemberRow:
    """The row of 党员 again."""
    told = _values(content["member"])
    told["posts"] = tuple(told["posts"])
    return MemberRow(**told, stated=frozenset(content["stated"]) if "stated" in content else ALL)


def person_of(content: Mapping[str, Any]) -> Person:
    """The new person, unsaved, sealed when the row was read."""
    columns = _values(content["person"])
    return made(Person, **columns | {"uuid": UUID(columns["uuid"])})


def data_of(row: MemberRow) -> PersonData:
    """What the row says of the person."""
    return PersonData(
        row.name, row.sex, row.birth_date, row.id_number, row.phone, row.address, row.ethnicity, row.education
    )


def of_organization(row: OrganizationRow) -> dict[str, Any]:
    """A row of 党组织."""
    return _plain({each.name: getattr(row, each.name) for each in fields(row)})


def organization_of(content: Mapping[str, Any]) -> OrganizationRow:
    """The row of 党组织 again."""
    told = _values(content)
    return OrganizationRow(**told | {"kind": Kind(told["kind"])})


def digest(names: tuple[str, ...], row: MemberRow, registered: MemberRow) -> str:
    """What the preview showed of a change, old and new: another digest later means that the register moved."""
    told = [(name, str(getattr(registered, name)), str(getattr(row, name))) for name in names]
    return sha256(repr(told).encode()).hexdigest()[:32]


def _plain(content: Mapping[str, Any]) -> dict[str, Any]:
    """With days as texts."""
    return {**content, **{name: content[name].isoformat() for name in DAYS & content.keys() if content[name]}}


def _values(content: Mapping[str, Any]) -> dict[str, Any]:
    """With days again."""
    return {**content, **{name: date.fromisoformat(content[name]) for name in DAYS & content.keys() if content[name]}}


def _field(row: ImportRow) -> str:
    return f"row {row.sheet} {row.sheet_name} {row.number}"
