"""Role × address × status as one table (``matrix.txt``): a new address, a gone one or another answer fails.

``python -m pytest tests/architecture/test_matrix.py --write-matrix`` writes the table anew; read what changed.
"""

from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client

from linshu.grants.rules.roles import ROLES
from tests.architecture.urls import addresses, stage
from tests.factories import GrantFactory, UserFactory

TABLE = Path(__file__).with_name("matrix.txt")
HEADER = """\
# What every address answers to an empty request, by role. The rows asked for hang on a branch, its group and its
# community; each role is granted at its own level of that subtree, strangers elsewhere. 302 of a visitor leads to the
# log-in; 422 (and 200 of a form that was posted) means that the input was looked at, not that a valid one is let through.
"""
METHODS = ("GET", "POST")
NEVER = ("PUT", "PATCH", "DELETE")
# The cast beside the roles: an officer with every right of his own in another community, a secretary of the sibling
# branch, an account without a role, a visitor who is not logged in.
STRANGERS = {"stranger": ("community_officer", "other_branch"), "sibling": ("branch_secretary", "sibling")}
NOBODY, VISITOR = "nobody", "visitor"
COLUMNS = [*ROLES, *STRANGERS, NOBODY, VISITOR]
OWN_PLACE = {
    "street_officer": "street", "street_approver": "street", "community_secretary": "community",
    "community_officer": "community", "supervisor": "community", "service_clerk": "community",
    "branch_secretary": "branch", "group_leader": "branch", "member": "branch",
}  # fmt: skip
ADDRESSES = list(addresses())


class Portal:
    """The stage with one account per column; every question is taken back."""

    def __init__(self, tree) -> None:
        self.values = stage(tree)
        places = {role: (role, OWN_PLACE.get(role, "county")) for role in ROLES} | STRANGERS
        users = {
            column: GrantFactory(role=role, organization=getattr(tree, place)).user
            for column, (role, place) in places.items()
        }
        users["member"].person = self.values["member"]["person"]
        users["member"].save()
        users[NOBODY] = UserFactory()
        self.cookies = {name: self._log_in(user) for name, user in users.items()}

    def _log_in(self, user):
        client = Client()
        client.force_login(user, backend="linshu.people.services.credentials.PasswordAndCode")
        return client.cookies

    def answer(self, column: str, address, method: str) -> int:
        """The status of an empty request."""
        client = Client(raise_request_exception=False)
        if column in self.cookies:
            client.cookies = self.cookies[column].copy()
        path = address.path(self.values)
        content = {"content_type": "application/json"} if path.startswith("/api/") and method != "GET" else {}
        with transaction.atomic():
            status = client.generic(method, path, data="{}" if content else "", **content).status_code
            transaction.set_rollback(True)
        return status


@pytest.fixture
def portal(tree, settings) -> Portal:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}  # no throttling
    return Portal(tree)


def table() -> dict[tuple[str, str], dict[str, int]]:
    """(address, method) → column → status."""
    rows = [line.split() for line in TABLE.read_text().splitlines() if line and not line.startswith("#")]
    assert rows[0] == ["address", "method", *COLUMNS]
    return {(key, method): dict(zip(COLUMNS, map(int, told), strict=True)) for key, method, *told in rows[1:]}


def test_every_address_and_method_is_in_the_table(portal, request):
    """A method that answers 405 is not offered."""
    if request.config.getoption("--write-matrix"):
        TABLE.write_text(written(portal))
    offered = {
        (address.key, method)
        for address in ADDRESSES
        for method in METHODS
        if portal.answer(NOBODY, address, method) != 405
    }
    assert sorted(offered - set(table())) == [], "addresses missing from the table"
    assert sorted(set(table()) - offered) == [], "stale rows of the table"


def test_no_address_takes_other_methods(portal):
    """Life-cycle steps are POSTs with a verb; Django's own admin answers all methods alike."""
    ours = [address for address in ADDRESSES if not address.route.startswith("admin/")]
    assert {portal.answer(NOBODY, address, method) for address in ours for method in NEVER} <= {404, 405}


@pytest.mark.parametrize("column", COLUMNS)
def test_answers_are_as_stated(portal, column):
    wanted = {key: row[column] for key, row in table().items()}
    by_key = {address.key: address for address in ADDRESSES}
    found = {(key, method): portal.answer(column, by_key[key], method) for key, method in wanted}
    assert {key: (wanted[key], status) for key, status in found.items() if status != wanted[key]} == {}


def test_addresses_have_names_of_their_own():
    keys = [address.key for address in ADDRESSES]
    assert sorted({key for key in keys if keys.count(key) > 1}) == []


def written(portal: Portal) -> str:
    """The table as the portal answers now."""
    rows = [["address", "method", *COLUMNS]]
    for address in ADDRESSES:
        for method in METHODS:
            if portal.answer(NOBODY, address, method) != 405:
                rows.append([address.key, method, *(str(portal.answer(column, address, method)) for column in COLUMNS)])
    return HEADER + "".join(line(row) for row in rows)


def line(row: list[str]) -> str:
    """One row of the table, in columns."""
    return f"{row[0]:<36} {row[1]:<6} " + " ".join(each.ljust(3) for each in row[2:]).rstrip() + "\n"
