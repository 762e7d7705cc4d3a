"""Rows of an import that wait move to a new key, also the columns of new persons within them."""

from io import StringIO

from django.core.management import call_command

from linshu.people.models import Person
from linshu.scope import SYSTEM
from members.services.importing import begin, confirm, import_roster
from tests.members.rosters import MAN, members, organizations, workbook

OLD, NEW = b"o" * 32, b"n" * 32


def rotate() -> str:
    out = StringIO()
    call_command("rotate_keys", stdout=out, stderr=StringIO())
    return out.getvalue()


def test_an_import_shown_under_the_old_key_is_written_when_that_key_has_gone(db, settings, now, run_jobs):
    settings.FIELD_KEYS = {"old": OLD}
    import_roster(content=workbook(organizations(), []), by=SYSTEM, now=now)
    record = begin(name="名册.xlsx", content=workbook([], members()), by=SYSTEM, now=now)
    run_jobs()

    settings.FIELD_KEYS = {"new": NEW, "old": OLD}
    assert "3 行" in rotate()
    assert not record.rows.exclude(payload__startswith="new:").exists()
    assert "3 行" not in rotate()

    settings.FIELD_KEYS = {"new": NEW}
    record.refresh_from_db()
    confirm(import_=record, all_or_nothing=True, by=SYSTEM, now=now)
    run_jobs()
    person = Person.objects.get(name="魏军平")
    assert (person.id_number, person.phone, person.address) == (MAN, "19900000002", "临沭县滨海路15号")
