"""Numbers of the nesting and counts rolled up along it."""

from organizations.rules.nesting import Numbers, nest, roll_up


def test_numbers_enclose_what_is_below():
    assert nest({1: None, 2: 1, 3: 2, 4: 1, 5: None}) == {
        1: Numbers(1, 1, 8, 0),
        2: Numbers(1, 2, 5, 1),
        3: Numbers(1, 3, 4, 2),
        4: Numbers(1, 6, 7, 1),
        5: Numbers(2, 1, 2, 0),
    }


def test_a_cycle_gets_no_numbers():
    assert set(nest({1: None, 2: 3, 3: 2})) == {1}


def test_a_chain_longer_than_the_stack_is_numbered():
    chain = {node: node - 1 or None for node in range(1, 3001)}

    assert nest(chain)[3000] == Numbers(1, 3000, 3001, 2999)


def test_counts_roll_up_along_the_intervals():
    intervals = [(1, 1, 1, 8), (2, 1, 2, 5), (3, 1, 3, 4), (4, 1, 6, 7), (5, 2, 1, 2)]

    assert roll_up(intervals, {1: 1, 3: 5, 4: 2, 5: 7}) == {1: 8, 2: 5, 3: 5, 4: 2, 5: 7}


def test_a_count_outside_the_view_is_not_added():
    assert roll_up([(2, 1, 2, 5)], {9: 4, 2: 1}) == {2: 1}
