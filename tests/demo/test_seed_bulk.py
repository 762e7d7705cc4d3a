"""The bulk writer: a small county of the same making is whole, passes every check, and is the same again by its seed."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from linshu import loading
from linshu.audit.models import Event
from linshu.demo.rules.linshu import LOG_INS, PASSWORD
from linshu.demo.rules.sizes import BULK, Size
from linshu.demo.services.bulk import seed_bulk
from linshu.demo.services.bulk.checking import run_checks
from linshu.errors import Conflict
from linshu.people.models import Person, User
from linshu.people.rules import id_number
from linshu.people.rules.pinyin import sort_key
from linshu.people.sealing import blind_index
from members.models import Category, Membership
from organizations.models import OPEN_END, Body, Grid, LeadAppointment, Organization, Post, Seat, Term

SMALL = Size("small", 2, 120, 700)


@pytest.fixture
def seeded(db, settings, tmp_path, monkeypatch):
    """Two small counties; VACUUM cannot stand in the transaction of a test."""
    settings.AUDIT_HEAD_LOG = tmp_path / "head.log"
    monkeypatch.setattr("linshu.demo.services.bulk.gather_statistics", lambda: None)
    return list(seed_bulk(size=SMALL, now=timezone.now()))


def test_the_counties_are_whole_and_pass_every_check(seeded):
    assert len(seeded) == 2
    told = list(run_checks(SMALL, now=timezone.now()))

    assert "组织树完好：240 个组织" in told[0] and "1400 名党员" in told[1] and "审计链完好" in told[-1]
    now = Membership.objects.filter(valid_to=OPEN_END)
    assert now.count() == 1400 and Organization.objects.count() == 240
    assert now.filter(category=Category.PROBATIONARY).exists() and now.filter(is_mobile=True).exists()
    assert Membership.objects.exclude(valid_to=OPEN_END).filter(person__died_on=None).exists()
    assert Person.objects.exclude(died_on=None).exists() and now.filter(start_inferred=False).exists()
    for model in (Post, Term, Body, Seat, Grid, LeadAppointment):
        assert model.objects.exists(), model
    assert Event.objects.filter(type="demo.loaded").count() == 2 * 11


def test_people_are_valid_and_sealed(seeded):
    for person in Person.objects.order_by("?")[:50]:
        told = id_number.parse(person.id_number, today=timezone.localdate())
        assert (told.birth_date, told.sex) == (person.birth_date, person.sex)
        assert person.id_number.startswith("371399") and person.id_number not in person.id_number_sealed
        assert person.id_number_index == blind_index(person.id_number, purpose="id_number")
        assert person.name_sort == sort_key(person.name)


def test_everybody_can_log_in(seeded):
    for each in LOG_INS:
        user = User.objects.get(username=each.role)
        assert user.check_password(PASSWORD) and bool(user.person) == each.linked
        wide = each.role in {"county_admin", "county_viewer"}
        assert user.grants.count() == (2 if wide else 1)


def test_rows_can_be_added_afterwards(seeded):
    node = Organization.objects.order_by("-pk")[0]
    assert Term.objects.create(
        organization=node, valid_from="2020-01-01", years=5, due_on="2025-01-01", valid_to="2025-01-01"
    )


def test_a_database_in_use_is_refused_and_left_alone(tree):
    with pytest.raises(Conflict, match="已有组织，没有写入"):
        list(seed_bulk(size=SMALL, now=timezone.now()))
    with pytest.raises(CommandError, match="只用于空库"):
        call_command("seed_demo", "--size", "county", stdout=StringIO())
    assert not Person.objects.exists() and not Event.objects.filter(type="demo.loaded").exists()


def test_a_check_that_fails_is_told(seeded):
    Membership.objects.filter(valid_to=OPEN_END)[0].delete()
    with pytest.raises(Conflict, match="应为 1400 人"):
        list(run_checks(SMALL, now=timezone.now()))


def test_what_copy_reads_is_escaped():
    assert loading._text("a\tb\\c\nd") == "a\\tb\\\\c\\nd"
    assert (loading._text(None), loading._text(True), loading._text({"甲": 1})) == ("\\N", "True", '{"甲": 1}')


def test_the_sizes_are_those_of_the_contract():
    told = {code: (size.all_organizations, size.all_members) for code, size in BULK.items()}
    assert told == {"county": (1_500, 60_000), "city": (5_000, 300_000), "province": (50_000, 1_000_000)}
