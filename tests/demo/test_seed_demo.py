"""The demo: made through services, whole, once, with a log-in for every role."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from linshu.audit.models import Event
from linshu.demo.rules.linshu import LOG_INS, PASSWORD
from linshu.figures.registry import Level, Look, checks
from linshu.grants.models import Grant
from linshu.grants.rules.roles import ROLES
from linshu.people.models import Person, User
from linshu.scope import EVERYTHING
from members.models import Membership
from organizations.models import Body, Grid, LeadAppointment, Organization, Post, Seat

pytestmark = pytest.mark.django_db
LOG_IN_TEXT = Path(__file__).parents[2] / "linshu" / "demo" / "log-ins.txt"


def findings(code: str) -> list[str]:
    check = next(each for each in checks() if each.code == code)
    found = check.find(Look(EVERYTHING, timezone.localdate()))
    return [each.sentence for each in found if each.level != Level.OK]


def test_the_demo_is_the_county_with_all_that_a_roster_lacks(capsys, settings, tmp_path):
    settings.AUDIT_HEAD_LOG = tmp_path / "head.log"
    call_command("seed_demo")
    printed = capsys.readouterr().out
    assert "52 个组织、151 名党员" in printed and "371399" not in printed

    general = Organization.objects.get(code="ZZ-0101")
    assert Post.objects.filter(organization=general).count() == 5
    leads = LeadAppointment.objects.all()
    assert leads.count() == 10 and all(each.document_no for each in leads)
    assert [each.code for each in Organization.objects.filter(kind="community", lead_appointments=None)] == ["ZZ-0202"]
    assert Body.objects.count() == 12 * 5 and Grid.objects.count() == 8 + 11 * 2
    assert findings("grid_coverage") == ["06 号网格没有落实所属支部或党小组。"]
    assert len(findings("exclusion")) == 1 and Seat.objects.filter(kinship_declared=False).exists()
    assert findings("bodies") == findings("body_size") == findings("members.least") == []

    _log_ins_work()
    _a_second_run_changes_nothing(capsys)
    call_command("check_tree")
    call_command("seal_audit")
    call_command("verify_audit")


def _log_ins_work():
    assert {each.role for each in LOG_INS} == set(ROLES)
    for each in LOG_INS:
        user = User.objects.get(username=each.role)
        assert user.check_password(PASSWORD) and not user.must_change_password
        assert Grant.objects.get(user=user).role == each.role
        assert bool(user.person) == each.linked
    assert Membership.objects.filter(person__user__username="member").exists()
    assert Seat.objects.get(person__user__username="supervisor").body.kind == "supervision_committee"


def _a_second_run_changes_nothing(capsys):
    before = (Event.objects.count(), Person.objects.count(), User.objects.count())
    call_command("seed_demo")
    assert "没有写入演示数据" in capsys.readouterr().out
    assert (Event.objects.count(), Person.objects.count(), User.objects.count()) == before


def test_a_database_in_use_is_left_alone(tree):
    call_command("seed_demo")
    assert not Membership.objects.exists() and not User.objects.exists()


def test_production_refuses(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="正式环境不写入演示数据"):
        call_command("seed_demo")


def test_the_printed_log_ins_are_those_of_the_demo():
    text = LOG_IN_TEXT.read_text(encoding="utf-8")

    assert PASSWORD in text
    assert [line.split()[0] for line in text.splitlines()[1:]] == [each.role for each in LOG_INS]
