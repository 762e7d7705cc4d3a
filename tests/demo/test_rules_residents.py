"""Fictional residents are valid, different from one another and from the roster's people."""

from datetime import date

from linshu.demo.rules.residents import resident
from linshu.people.rules import id_number

MANY = 500


def test_every_number_is_valid_and_there_once():
    people = [resident(number) for number in range(MANY)]

    assert len({each.id_number for each in people}) == MANY
    for each in people:
        read = id_number.parse(each.id_number, today=date(2026, 11, 24))
        assert (read.birth_date, read.sex) == (each.birth_date, each.sex)
        assert each.id_number.startswith("371399")


def test_the_same_number_is_the_same_person():
    assert resident(17) == resident(17)
    assert {resident(0).sex, resident(1).sex} == {"1", "2"}


def test_all_are_of_age():
    assert resident(MANY - 1).birth_date < date(2004, 1, 1)
