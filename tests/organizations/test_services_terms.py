"""Terms of Party organisations."""

from datetime import date

import pytest

from linshu.audit.models import Event
from linshu.audit.registry import present
from linshu.errors import Conflict, Invalid, NotPermitted
from linshu.scope import SYSTEM
from organizations.models import Term
from organizations.services import terms


@pytest.fixture
def start(now):
    def do(organization, on=date(2021, 12, 10), **kwargs):
        return terms.start_term(organization=organization, on=on, by=SYSTEM, now=now, **kwargs)

    return do


def test_a_community_branch_is_elected_for_five_years(tree, start):
    term = start(tree.branch)
    assert (term.years, term.due_on) == (5, date(2026, 12, 10))
    event = Event.objects.get(type="organizations.term_started")
    assert "2026年12月10日届满" in present(event.type, event.data)


def test_a_group_has_no_term(tree, start):
    with pytest.raises(Invalid):
        start(tree.group)


def test_the_next_term_ends_the_one_before(tree, start):
    first = start(tree.branch)
    with pytest.raises(Invalid) as refused:
        start(tree.branch, on=date(2026, 11, 20))
    assert refused.value.problems[0].field == "document_no"
    start(tree.branch, on=date(2026, 11, 20), document_no="甲街〔2026〕9号")
    first.refresh_from_db()
    assert first.valid_to == date(2026, 11, 20)
    assert Term.objects.on(date(2026, 11, 20)).count() == 1


def test_the_street_extends_by_a_year_at_most_with_a_document(tree, start, now, actor_with):
    term = start(tree.branch)
    fields = {"term": term, "document_no": "甲街〔2026〕8号", "now": now}
    with pytest.raises(NotPermitted):
        terms.extend_term(to=date(2027, 6, 1), by=actor_with("community_officer", tree.community), **fields)
    street = actor_with("street_officer", tree.street)
    with pytest.raises(Invalid):
        terms.extend_term(to=date(2027, 12, 11), by=street, **fields)
    with pytest.raises(Invalid):
        terms.extend_term(to=date(2027, 6, 1), by=street, **fields | {"document_no": ""})
    assert terms.extend_term(to=date(2027, 12, 10), by=street, **fields).extended_to == date(2027, 12, 10)


def test_a_term_that_is_over_is_not_extended(tree, start, now):
    first = start(tree.branch, on=date(2016, 12, 10))
    start(tree.branch)
    with pytest.raises(Conflict):
        terms.extend_term(term=first, to=date(2022, 1, 1), document_no="甲街〔2026〕8号", by=SYSTEM, now=now)
