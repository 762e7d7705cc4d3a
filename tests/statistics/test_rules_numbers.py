"""Fingerprints and differences of tables."""

from linshu.statistics.rules.numbers import Difference, Section, differences, fingerprint, sections


def table(*rows, columns=("党员", "女党员")):
    return {
        "day": "2025-12-31",
        "columns": [{"code": name, "name": name, "group": name[0]} for name in columns],
        "rows": [{"id": pk, "code": str(pk), "name": name, "depth": 0, "values": values} for pk, name, values in rows],
    }


def test_the_same_numbers_have_the_same_fingerprint():
    one = table((1, "县", [3, 1]))
    assert fingerprint(one) == fingerprint(dict(reversed(one.items())))
    assert fingerprint(one) != fingerprint(table((1, "县", [3, 2])))


def test_only_what_differs_is_told():
    frozen, now = table((1, "县", [3, 1]), (2, "街道", [3, 1])), table((1, "县", [4, 1]), (2, "街道", [3, 1]))
    assert differences(frozen, now) == [Difference("县", "党员", 3, 4)]
    assert differences(frozen, frozen) == []


def test_places_and_columns_that_only_one_side_has():
    frozen, now = table((1, "县", [3, 1])), table((1, "县", [3]), (2, "新街道", [0]), columns=("党员",))
    assert differences(frozen, now) == [Difference("县", "女党员", 1, None), Difference("新街道", "党员", None, 0)]


def test_a_figure_that_came_later_is_no_difference():
    frozen = table((1, "县", [3]), columns=("党员",))
    now = table((1, "县", [1, 4]), (2, "新街道", [0, 0]), columns=("女党员", "党员"))
    assert differences(frozen, now) == [Difference("县", "党员", 3, 4), Difference("新街道", "党员", None, 0)]


def test_the_table_is_parted_by_the_groups_of_its_columns():
    assert sections(table((1, "县", [3, 1, 2]), columns=("党员", "女党员", "党组"))) == [
        Section("党", (("党员", "党员"), ("党组", "党组")), ((1, "县", (3, 2)),)),
        Section("女", (("女党员", "女党员"),), ((1, "县", (1,)),)),
    ]
