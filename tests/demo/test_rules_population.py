"""The fiction behind the bulk writer: valid, different from one another, the same by its seed."""

from datetime import date
from random import Random

from linshu.demo.rules.landscape import Landscape
from linshu.demo.rules.population import Population
from linshu.demo.rules.sizes import BULK
from linshu.people.rules import id_number
from members.rules.membership import Limits, full_on_problem
from organizations.rules.codes import check_code
from organizations.rules.kinds import Kind, may_stand_under

TODAY = date(2026, 11, 24)


def people(seed: int, many: int = 3000):
    population = Population(Random(seed), TODAY)
    return population, [population.person(place="振兴社区") for _ in range(many)]


def test_every_number_is_valid_and_there_once():
    _, made = people(1)

    assert len({each.id_number for each in made}) == len(made)
    for each in made:
        told = id_number.parse(each.id_number, today=TODAY)
        assert (told.birth_date, told.sex) == (each.birth_date, each.sex)


def test_the_same_seed_is_the_same_people():
    assert people(7)[1] == people(7)[1] != people(8)[1]


def test_dates_keep_the_rules():
    population, made = people(2)
    limits = Limits(TODAY, 18, 12, 6, 12)
    admitted = [population.admitted(each) for each in made]

    for person, told in zip(made, admitted, strict=True):
        assert (told.joined_on.year - person.birth_date.year) >= 18 and told.joined_on <= TODAY
        assert told.full_on is None or full_on_problem(told.joined_on, told.full_on, limits) is None
    assert 0.01 < sum(told.full_on is None for told in admitted) / len(made) < 0.04


def test_who_died_did_so_after_the_branch_was_founded():
    population, _ = people(3, 0)
    founded = date(2024, 5, 1)
    dead = [population.person(place="甲", died_after=founded) for _ in range(200)]

    assert all(founded < each.died_on <= TODAY for each in dead)


def test_names_are_of_all_kinds():
    names = [each.name for each in people(4)[1]]

    assert max(map(len, names)) > 8 and min(map(len, names)) == 2 and any(ord(char) > 0xFFFF for char in "".join(names))


def test_a_county_has_as_many_nodes_as_its_size_and_each_stands_where_it_may():
    for size in BULK.values():
        landscape = Landscape(size, 2, 1, Random(1))
        nodes = {node.id: node for node in landscape.nodes}

        assert len(nodes) == size.organizations and sum(n for _, n in landscape.shares(size.members)) == size.members
        assert len({node.code for node in nodes.values()}) == len(nodes)
        for node in nodes.values():
            above = nodes.get(node.parent_id)
            assert may_stand_under(node.kind, above.kind if above else None)
            assert above is None or above.established_on <= node.established_on < TODAY
            check_code(node.code)
        for kind in Kind:
            below = [node.code for node in landscape.of_kind(kind)]
            assert below == sorted(below)
