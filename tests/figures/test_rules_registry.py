"""A look reads once what several ask for."""

from datetime import date

from linshu.figures.registry import Look, Looks
from linshu.scope import EVERYTHING, NOTHING, SYSTEM, Right, RightlessActor

DAY = date(2026, 11, 24)


def test_what_several_need_is_read_once():
    asked = []

    def read(look):
        asked.append(look.day)
        return {"day": look.day}

    look = Look(EVERYTHING, DAY)
    assert look.once(read) is look.once(read) == {"day": DAY}
    assert asked == [DAY]
    assert Look(NOTHING, DAY).once(read) == {"day": DAY} and len(asked) == 2, "another look reads for itself"


def test_what_is_known_already_is_not_read():
    look = Look(EVERYTHING, DAY)
    look.tell(len, 3)
    assert look.once(len) == 3


def test_rights_that_reach_as_far_share_a_look():
    looks = Looks(SYSTEM, DAY)
    assert looks.under(Right.MEMBERS_READ) is looks.under(Right.ORGANIZATIONS_READ)
    assert Looks(RightlessActor(), DAY).under(Right.MEMBERS_READ).scope == NOTHING


def test_nothing_found_is_kept_too():
    asked = []
    look = Look(EVERYTHING, DAY)
    assert look.once(asked.append) is look.once(asked.append) is None
    assert len(asked) == 1
