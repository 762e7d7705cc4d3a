"""Who may not sit beside whom (residents' committee law 8 and 36), case by case."""

import itertools

import pytest

from organizations.rules.bodies import BodyKind
from organizations.rules.exclusions import (
    NEAR_RELATIVES,
    Judgement,
    Kin,
    SeatFact,
    Verdict,
    judge,
    overall,
    would_clash,
)

COMMITTEE, SUPERVISION = BodyKind.RESIDENTS_COMMITTEE, BodyKind.SUPERVISION
FREE = [kind for kind in BodyKind if kind not in (COMMITTEE, SUPERVISION)]
WANG, LI, ZHAO = 1, 2, 3


def seats(*rows):
    """``(person, body, declared)`` becomes seats numbered from 1."""
    return [SeatFact(number, person, body, declared) for number, (person, body, declared) in enumerate(rows, 1)]


def test_two_strangers_who_declared_pass():
    found = judge(seats((WANG, COMMITTEE, True), (LI, SUPERVISION, True)), [])
    assert found == {1: Judgement(Verdict.PASSED), 2: Judgement(Verdict.PASSED)}


def test_who_has_not_declared_is_undeclared_and_never_passed():
    found = judge(seats((WANG, COMMITTEE, False), (LI, SUPERVISION, False)), [])
    assert {judgement.verdict for judgement in found.values()} == {Verdict.UNDECLARED}


@pytest.mark.parametrize("relation", sorted(NEAR_RELATIVES))
@pytest.mark.parametrize("pair", [(WANG, LI), (LI, WANG)])
def test_near_relatives_in_the_committee_are_both_in_conflict(relation, pair):
    found = judge(seats((WANG, COMMITTEE, True), (LI, COMMITTEE, True)), [Kin(*pair, relation)])
    assert found[1] == Judgement(Verdict.CONFLICT, frozenset({LI}))
    assert found[2] == Judgement(Verdict.CONFLICT, frozenset({WANG}))


@pytest.mark.parametrize("relation", sorted(NEAR_RELATIVES))
@pytest.mark.parametrize("pair", [(WANG, LI), (LI, WANG)])
def test_a_committee_members_relative_may_not_supervise_and_it_is_the_supervisor_who_gives_way(relation, pair):
    found = judge(seats((WANG, COMMITTEE, True), (LI, SUPERVISION, True)), [Kin(*pair, relation)])
    assert found[1].verdict == Verdict.PASSED
    assert found[2] == Judgement(Verdict.CONFLICT, frozenset({WANG}))


def test_a_committee_member_may_not_supervise_himself():
    found = judge(seats((WANG, COMMITTEE, True), (WANG, SUPERVISION, True)), [])
    assert found[1].verdict == Verdict.PASSED
    assert found[2] == Judgement(Verdict.CONFLICT, frozenset({WANG}))


def test_in_laws_are_no_near_relatives_by_the_civil_code():
    found = judge(seats((WANG, COMMITTEE, True), (LI, SUPERVISION, True)), [Kin(WANG, LI, "in_law")])
    assert found[2].verdict == Verdict.PASSED


def test_relatives_within_the_supervision_committee_are_allowed():
    found = judge(seats((WANG, SUPERVISION, True), (LI, SUPERVISION, True)), [Kin(WANG, LI, "spouse")])
    assert {judgement.verdict for judgement in found.values()} == {Verdict.PASSED}


@pytest.mark.parametrize("kind", FREE)
def test_other_bodies_know_no_exclusion_and_are_not_judged(kind):
    found = judge(seats((WANG, COMMITTEE, True), (LI, kind, False)), [Kin(WANG, LI, "spouse")])
    assert set(found) == {1}
    assert found[1].verdict == Verdict.PASSED


def test_a_relative_outside_every_body_does_not_matter():
    found = judge(seats((WANG, COMMITTEE, True)), [Kin(WANG, ZHAO, "spouse")])
    assert found[1].verdict == Verdict.PASSED


@pytest.mark.parametrize(
    ("first", "second", "relation", "declared"),
    list(itertools.product(BodyKind, BodyKind, ["", "in_law", *sorted(NEAR_RELATIVES)], [True, False])),
)
def test_every_pair_of_bodies_relation_and_declaration(first, second, relation, declared):
    """The second person's verdict against the law, said once more in one line."""
    kin = [Kin(WANG, LI, relation)] if relation else []
    found = judge(seats((WANG, first, True), (LI, second, declared)), kin).get(2)
    barred = relation in NEAR_RELATIVES and first == COMMITTEE and second in (COMMITTEE, SUPERVISION)
    if second not in (COMMITTEE, SUPERVISION):
        assert found is None
    elif barred:
        assert found.verdict == Verdict.CONFLICT
    else:
        assert found.verdict == (Verdict.PASSED if declared else Verdict.UNDECLARED)


@pytest.mark.parametrize(("kind", "other"), list(itertools.product(BodyKind, BodyKind)))
def test_seating_a_relative_is_refused_from_either_side(kind, other):
    against = would_clash(kind, LI, seats((WANG, other, True)), [Kin(WANG, LI, "child")])
    barred = {(COMMITTEE, COMMITTEE), (COMMITTEE, SUPERVISION), (SUPERVISION, COMMITTEE)}
    assert against == ({WANG} if (kind, other) in barred else set())


@pytest.mark.parametrize(("kind", "other"), [(COMMITTEE, SUPERVISION), (SUPERVISION, COMMITTEE)])
def test_nobody_takes_a_seat_in_both(kind, other):
    assert would_clash(kind, WANG, seats((WANG, other, True)), []) == {WANG}


def test_the_worst_verdict_speaks_for_the_body():
    passed, undeclared, conflict = (
        Judgement(verdict) for verdict in (Verdict.PASSED, Verdict.UNDECLARED, Verdict.CONFLICT)
    )
    assert overall([passed, undeclared, conflict]) == Verdict.CONFLICT
    assert overall([passed, undeclared]) == Verdict.UNDECLARED
    assert overall([passed]) == Verdict.PASSED
    assert overall([]) is None
