"""Dated versions: reading on a day, adding, withdrawing, seeding."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from linshu.audit import registry
from linshu.audit.models import Event
from linshu.errors import Conflict, Invalid, NotFound, NotPermitted
from linshu.parameters import services
from linshu.parameters.catalogue import DEFINITIONS
from linshu.parameters.models import OPEN_END, Parameter

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = date(2026, 11, 24)
CODE = "GENERAL_BRANCH_WARN"


@pytest.fixture
def officer(actor_with, tree):
    return actor_with("county_admin", tree.county)


def add(by, **changes):
    asked = {"code": CODE, "value": "40", "effective_from": TODAY, "basis": "县委组织部通知", "reason": "提早预警"}
    return services.add_version(**{**asked, **changes}, by=by, now=NOW)


@pytest.mark.django_db
def test_the_seed_is_complete_and_repeats_without_effect():
    assert Parameter.objects.count() == len(DEFINITIONS)
    assert services.seed(now=NOW) == 0
    Parameter.objects.filter(code=CODE).delete()
    assert services.seed(now=NOW) == 1


@pytest.mark.django_db
def test_values_are_typed_and_read_with_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        values = services.values_on(TODAY)
        assert values["GENERAL_BRANCH_MIN"] == 50
        assert values["REMIND_PROBATION_DAYS"] == (60, 30, 7)


@pytest.mark.django_db
def test_an_unknown_code_raises():
    with pytest.raises(KeyError):
        services.values_on(TODAY)["NO_SUCH_NUMBER"]


@pytest.mark.django_db
def test_a_number_before_all_versions_is_not_made_up():
    with pytest.raises(LookupError, match="no version"):
        services.values_on(date(1900, 1, 1))[CODE]


def test_a_new_version_holds_from_its_day_and_not_before(officer):
    add(officer, effective_from=date(2027, 1, 1))
    assert services.values_on(date(2026, 12, 31))[CODE] == 45
    assert services.values_on(date(2027, 1, 1))[CODE] == 40
    event = Event.objects.get()
    assert registry.present(event.type, event.data) == ("升格预警的党员数（≥）由 45 人 改为 40 人，自 2027年1月1日起。")


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"effective_from": TODAY - timedelta(days=1)}, "effective_from", "不能早于今天"),
        ({"value": "45"}, "value", "没有变化"),
        ({"value": "045"}, "value", "没有变化"),
        ({"value": "0"}, "value", "应在 1 到 500 之间"),
        ({"basis": " "}, "basis", "请填写依据"),
        ({"reason": ""}, "reason", "请填写调整原因"),
    ],
)
def test_a_version_that_breaks_a_rule_is_refused(officer, changes, field, words):
    with pytest.raises(Invalid) as refused:
        add(officer, **changes)
    assert refused.value.problems[0].field == field
    assert words in refused.value.message
    assert Parameter.objects.filter(code=CODE).count() == 1


def test_a_version_must_follow_those_that_stand(officer):
    add(officer, effective_from=date(2027, 1, 1))
    with pytest.raises(Conflict, match="2027年1月1日 起的版本（40 人）"):
        add(officer, value="41", effective_from=date(2026, 12, 1))


def test_a_version_that_has_not_begun_can_be_taken_back(officer):
    version = add(officer, effective_from=date(2027, 1, 1))
    services.withdraw_version(code=CODE, version_id=version.pk, reason="填错", by=officer, now=NOW)
    assert Parameter.objects.get(code=CODE).effective_to == OPEN_END
    assert list(Event.objects.values_list("type", flat=True)) == ["parameters.withdrawn", "parameters.changed"]


def test_a_version_that_has_begun_stays(officer):
    version = add(officer)
    with pytest.raises(Conflict, match="已经生效"):
        services.withdraw_version(code=CODE, version_id=version.pk, reason="填错", by=officer, now=NOW)


def test_only_the_last_version_can_be_taken_back(officer):
    version = add(officer, effective_from=date(2027, 1, 1))
    add(officer, value="41", effective_from=date(2028, 1, 1))
    with pytest.raises(Conflict, match="更晚的版本"):
        services.withdraw_version(code=CODE, version_id=version.pk, reason="填错", by=officer, now=NOW)


def test_a_withdrawal_needs_a_reason_and_a_version(officer):
    version = add(officer, effective_from=date(2027, 1, 1))
    with pytest.raises(Invalid, match="撤销原因"):
        services.withdraw_version(code=CODE, version_id=version.pk, reason=" ", by=officer, now=NOW)
    with pytest.raises(NotFound):
        services.withdraw_version(code=CODE, version_id=0, reason="填错", by=officer, now=NOW)


@pytest.mark.parametrize(
    ("role", "code", "allowed"),
    [
        ("county_admin", CODE, True),
        ("county_admin", "LOCK_MINUTES", False),
        ("security_admin", "LOCK_MINUTES", True),
        ("security_admin", CODE, False),
        ("street_officer", CODE, False),
    ],
)
def test_security_numbers_and_the_others_have_different_keepers(actor_with, tree, role, code, allowed):
    actor = actor_with(role, tree.county)
    if allowed:
        assert add(actor, code=code, value="20").value == "20"
    else:
        with pytest.raises(NotPermitted):
            add(actor, code=code, value="20")


def test_an_unknown_parameter_is_not_found(officer):
    with pytest.raises(NotFound):
        add(officer, code="NO_SUCH_NUMBER")


def test_many_days_are_read_at_once_as_each_alone(officer, django_assert_num_queries):
    add(officer, effective_from=date(2027, 1, 1), value="40")
    days = [date(2026, 12, 31), date(2027, 1, 1), TODAY, TODAY]

    with django_assert_num_queries(1):
        found = services.values_on_each(days)

    assert set(found) == set(days)
    assert all(found[day].texts == services.values_on(day).texts for day in days)
    assert (found[days[0]][CODE], found[days[1]][CODE]) == (45, 40)
    assert found[TODAY].texts is found[date(2026, 12, 31)].texts  # nothing changes between them: kept once
