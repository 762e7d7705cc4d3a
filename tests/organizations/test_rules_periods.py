"""Plans over periods, against a tree rebuilt day by day."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linshu.errors import Conflict, Invalid
from organizations.rules.kinds import Kind, may_stand_under
from organizations.rules.periods import OPEN_END, Period, Plan, apply, open_period, tail, violations

START = date(2020, 1, 1)
DAYS = 12
NODES = range(1, 7)
KINDS = [Kind.COUNTY, Kind.STREET, Kind.COMMUNITY, Kind.GENERAL_BRANCH, Kind.BRANCH, Kind.AREA_BRANCH, Kind.GROUP]


def day(number: int) -> date:
    return START + timedelta(days=number)


def period(node: int, parent: int | None, kind: Kind, begin: int = 0, end: int | None = None) -> Period:
    return Period(node, parent, kind, f"组织{node}", f"{node}", day(begin), OPEN_END if end is None else day(end))


def sound(timeline: list[Period], on: date) -> bool:
    """Brute force: is the tree of this one day sound?"""
    today = {each.node: each for each in timeline if each.on(on)}
    if len(today) != sum(each.on(on) for each in timeline):
        return False
    for each in today.values():
        if each.parent is None:
            if not may_stand_under(each.kind, None):
                return False
            continue
        if each.parent not in today or not may_stand_under(each.kind, today[each.parent].kind):
            return False
        climbed, node = 0, each
        while node is not None and node.parent is not None and climbed <= len(today):
            node, climbed = today.get(node.parent), climbed + 1
        if node is None or node.parent is not None:
            return False
    return True


@st.composite
def timelines(draw) -> list[Period]:
    """Any chains of periods without gaps: most are unsound, and only the rules may tell which."""
    rows = []
    for node in NODES:
        cuts = sorted(draw(st.sets(st.integers(0, DAYS), min_size=1, max_size=3)))
        closed = draw(st.booleans()) and len(cuts) > 1
        for place, begin in enumerate(cuts[:-1] if closed else cuts):
            end = cuts[place + 1] if place + 1 < len(cuts) else None
            parent = draw(st.sampled_from([None, *NODES]))
            rows.append(period(node, parent, draw(st.sampled_from(KINDS)), begin, end))
    return rows


@settings(max_examples=500, deadline=None)
@given(timelines(), st.integers(0, DAYS))
def test_violations_agree_with_every_single_day(timeline, since):
    broken = any(not sound(timeline, day(number)) for number in range(since, DAYS + 2))

    assert bool(violations(timeline, since=day(since))) == broken


@st.composite
def operations(draw) -> list[Plan]:
    """Moves, changes of kind and closings of a small county on rising days."""
    plans = []
    for number in sorted(draw(st.lists(st.integers(1, DAYS), max_size=5))):
        node = draw(st.sampled_from(list(NODES)))
        parent, kind = draw(st.sampled_from([None, *NODES])), draw(st.sampled_from(KINDS))
        plans.append((number, node, parent, kind, draw(st.booleans())))
    return plans


@settings(max_examples=300, deadline=None)
@given(operations())
def test_what_the_rules_accept_is_sound_on_every_day(operations):
    timeline = [
        period(1, None, Kind.COUNTY), period(2, 1, Kind.STREET), period(3, 2, Kind.COMMUNITY),
        period(4, 3, Kind.BRANCH), period(5, 4, Kind.GROUP), period(6, 2, Kind.GENERAL_BRANCH),
    ]  # fmt: skip
    for number, node, parent, kind, closes in operations:
        try:
            here = open_period(timeline, node)
            changed = () if closes else (tail(here, day(number), parent=parent, kind=kind),)
            after = apply(timeline, Plan(day(number), changed=changed, closed=(node,) if closes else ()))
        except (Conflict, Invalid):
            continue
        if not violations(after, since=day(number)):
            timeline = after

        assert all(sound(timeline, day(each)) for each in range(DAYS + 2))


def test_a_change_on_the_day_of_the_last_one_points_to_correction():
    timeline = [period(1, None, Kind.COUNTY, begin=3)]

    with pytest.raises(Invalid, match="同一天不能再办") as error:
        apply(timeline, Plan(day(3), changed=(tail(timeline[0], day(3), name="新名"),)))

    assert error.value.problems[0].field == "on"


def test_an_operation_cuts_only_the_open_period():
    timeline = [period(1, None, Kind.COUNTY, begin=3)]

    with pytest.raises(Invalid, match="不能早于它"):
        apply(timeline, Plan(day(2), closed=(1,)))


def test_a_closed_node_takes_no_operation():
    with pytest.raises(Conflict):
        apply([period(1, None, Kind.COUNTY, 0, 4)], Plan(day(5), closed=(1,)))


def test_the_cut_leaves_neither_gap_nor_overlap():
    first = period(1, None, Kind.COUNTY)

    assert apply([first], Plan(day(5), changed=(tail(first, day(5), name="新名"),))) == [
        Period(1, None, Kind.COUNTY, "组织1", "1", day(0), day(5)),
        Period(1, None, Kind.COUNTY, "新名", "1", day(5)),
    ]


def test_closing_above_an_open_child_names_the_child():
    timeline = [period(1, None, Kind.COUNTY), period(2, 1, Kind.STREET)]

    (found,) = violations(apply(timeline, Plan(day(5), closed=(1,))), since=day(5))

    assert (found.node, found.day, found.code) == (2, day(5), "child")
    assert "组织2还在" in found.message


def test_promotion_keeps_the_node_and_asks_for_its_branches():
    """升格 changes the kind of the same node; a 社区党支部 cannot go on under a 总支."""
    timeline = [
        period(1, None, Kind.COUNTY), period(2, 1, Kind.STREET), period(3, 2, Kind.COMMUNITY), period(4, 3, Kind.BRANCH),
    ]  # fmt: skip
    promoted = tail(timeline[2], day(5), kind=Kind.GENERAL_BRANCH)
    area = tail(timeline[3], day(5), kind=Kind.AREA_BRANCH)

    assert [each.node for each in violations(apply(timeline, Plan(day(5), changed=(promoted,))), since=day(5))] == [4]
    assert violations(apply(timeline, Plan(day(5), changed=(promoted, area))), since=day(5)) == []
