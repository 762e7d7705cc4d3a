"""What members tell organisations: standing on a day, candidates for posts."""

from datetime import date

from members.providers.people import candidates, standing
from tests.factories import MembershipFactory, PersonFactory


def test_standing_tells_full_members_from_probationary_ones_by_day(tree):
    member = MembershipFactory(organization=tree.branch)
    people = [member.person_id, PersonFactory().pk]

    assert standing(people, date(2013, 6, 30))[member.person_id].is_full is False
    assert standing(people, date(2013, 7, 1))[member.person_id].is_full is True
    assert set(standing(people, date(2026, 1, 1))) == {member.person_id}
    assert standing(people, date(2012, 6, 30)) == {}


def test_standing_names_the_node_of_that_day(tree):
    closed = MembershipFactory(organization=tree.branch, valid_to=date(2020, 1, 1))
    MembershipFactory(person=closed.person, organization=tree.sibling, valid_from=date(2020, 1, 1))

    assert standing([closed.person_id], date(2019, 12, 31))[closed.person_id].organization_id == tree.branch.pk
    assert standing([closed.person_id], date(2020, 1, 1))[closed.person_id].organization_id == tree.sibling.pk


def test_candidates_are_found_below_the_node_by_name_or_initials(tree):
    found = MembershipFactory(organization=tree.group, person__name="陈华雪")
    MembershipFactory(organization=tree.branch, person__name="陈中鹏")

    assert [each.person_id for each in candidates(tree.area.pk, date(2026, 1, 1), "chx")] == [found.person_id]
    assert [each.person_id for each in candidates(tree.area.pk, date(2026, 1, 1), "陈")] == [found.person_id]
    assert candidates(tree.area.pk, date(2026, 1, 1), "zzz") == []
