"""A register with something of everything, and the page that is read."""

from datetime import date, timedelta
from html.parser import HTMLParser

import pytest
from django.utils import timezone

from organizations.models import Post, Term
from tests.factories import MembershipFactory, PersonFactory

TODAY = timezone.localdate()


@pytest.fixture
def register(tree):
    """Members of every kind on both sides of the county, terms of every state."""
    MembershipFactory(organization=tree.branch, person=PersonFactory(sex="2", birth_date=date(1990, 1, 1)))
    MembershipFactory(organization=tree.branch, person=PersonFactory(birth_date=date(1970, 1, 1)), mobile=True)
    MembershipFactory(organization=tree.group, probationary=True, person=PersonFactory(birth_date=date(1940, 1, 1)))
    MembershipFactory(organization=tree.sibling, valid_to=date(2020, 1, 1))
    MembershipFactory.create_batch(3, organization=tree.other_branch, valid_from=date(2019, 3, 1))
    for node, days in ((tree.branch, -4), (tree.sibling, 30), (tree.other_branch, 900)):
        Term.objects.create(
            organization=node, valid_from=date(2021, 5, 1), years=5, due_on=TODAY + timedelta(days=days)
        )
    Post.objects.create(organization=tree.branch, person=PersonFactory(), title="书记", valid_from=date(2018, 1, 1))
    return tree


class _Links(HTMLParser):
    """Numbers that are links: address and number."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, int]] = []
        self._href = ""
        self._hidden = 0

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "a":
            self._href = given.get("href") or ""
        if tag == "span" and given.get("class") == "visually-hidden":
            self._hidden += 1

    def handle_endtag(self, tag):
        if tag == "a":
            self._href = ""
        if tag == "span" and self._hidden:
            self._hidden -= 1

    def handle_data(self, data):
        if self._href and not self._hidden and data.strip().isdigit():
            self.found.append((self._href, int(data)))


@pytest.fixture
def numbers_of():
    """``numbers_of(html)``: every number of the page that is a link, with its address."""

    def read(html: str) -> list[tuple[str, int]]:
        parser = _Links()
        parser.feed(html[html.index("<main") :])
        return parser.found

    return read
