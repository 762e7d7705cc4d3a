"""The stage and the named cast every test file plays with."""

from dataclasses import dataclass

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from linshu.celery import app as celery_app
from linshu.grants.services import actor_of
from linshu.jobs.models import Job
from linshu.jobs.services import run_job
from organizations.models import Organization
from organizations.rules.kinds import Kind
from tests.factories import GrantFactory, OrganizationFactory
from tests.pages import page_ok as check_page


def pytest_addoption(parser):
    parser.addoption("--slow", action="store_true", help="races run 50 rounds instead of 5")
    parser.addoption("--write-matrix", action="store_true", help="write tests/architecture/matrix.txt anew")


def pytest_collection_modifyitems(items):
    """Rules, architecture and browser tests run once, not on each database."""
    for item in items:
        folder = item.path.relative_to(item.config.rootpath).parts[1]
        if folder in {"architecture", "browser"} or item.path.name.startswith("test_rules_"):
            item.add_marker("once")


@pytest.fixture
def rounds(request) -> int:
    """How often a race is run."""
    return 50 if request.config.getoption("--slow") else 5


@dataclass(frozen=True)
class Tree:
    """A county with two streets::

    county ─ street ─ general (总支) ─ area ─ group
           │        └ community ─ branch ─ (no group)
           │                    └ sibling
           └ other_street ─ other_community ─ other_branch
    """

    county: Organization
    street: Organization
    general: Organization
    area: Organization
    group: Organization
    community: Organization
    branch: Organization
    sibling: Organization
    other_street: Organization
    other_community: Organization
    other_branch: Organization


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """SQLite empties its tables after a transactional test by DELETE, which the triggers of the audit log refuse."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER IF EXISTS audit_event_no_delete")
            cursor.execute("DROP TRIGGER IF EXISTS audit_seal_no_delete")


@pytest.fixture(autouse=True)
def own_cache(settings, request):
    """A cache of its own for every test: counted requests must not throttle the next one."""
    memory = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {"default": {"BACKEND": memory, "LOCATION": request.node.nodeid}}


@pytest.fixture
def tree(db) -> Tree:
    """The stage."""

    def node(kind: Kind, name: str, parent: Organization | None = None) -> Organization:
        if parent is not None:
            parent.refresh_from_db()  # mptt numbers go stale with every insert
        return OrganizationFactory(kind=kind, name=name, short_name=name, parent=parent)

    county = node(Kind.COUNTY, "测试县委")
    street = node(Kind.STREET, "甲街道党工委", county)
    general = node(Kind.GENERAL_BRANCH, "甲社区党总支", street)
    area = node(Kind.AREA_BRANCH, "甲社区东片区支部", general)
    group = node(Kind.GROUP, "甲社区东片区第一党小组", area)
    community = node(Kind.COMMUNITY, "乙社区", street)
    branch = node(Kind.BRANCH, "乙社区第一支部", community)
    sibling = node(Kind.BRANCH, "乙社区第二支部", community)
    other_street = node(Kind.STREET, "丙街道党工委", county)
    other_community = node(Kind.COMMUNITY, "丙社区", other_street)
    other_branch = node(Kind.BRANCH, "丙社区第一支部", other_community)
    nodes = [
        county,
        street,
        general,
        area,
        group,
        community,
        branch,
        sibling,
        other_street,
        other_community,
        other_branch,
    ]
    for each in nodes:
        each.refresh_from_db()
    return Tree(*nodes)


@pytest.fixture
def user_with(db):
    """``user_with("street_officer", organization)``: a user with one grant (or none)."""

    def make(role: str, organization: Organization, **kwargs):
        return GrantFactory(role=role, organization=organization, **kwargs).user

    return make


@pytest.fixture
def actor_with(user_with):
    """``actor_with("street_officer", organization)``: the actor of such a user today."""

    def make(role: str, organization: Organization, **kwargs):
        return actor_of(user_with(role, organization, **kwargs), day=timezone.localdate())

    return make


@pytest.fixture
def client_with(user_with):
    """``client_with("street_officer", organization)``: a logged-in browser."""

    def make(role: str, organization: Organization, **kwargs) -> Client:
        client = Client()
        client.force_login(
            user_with(role, organization, **kwargs), backend="linshu.people.services.credentials.PasswordAndCode"
        )
        return client

    return make


@pytest.fixture(scope="session", autouse=True)
def no_broker():
    """What tests enqueue stays in memory: the folder of the broker belongs to the workers of this machine."""
    celery_app.conf.broker_url = "memory://"


@pytest.fixture
def run_jobs(db):
    """``run_jobs()`` does everything queued, in order, also what a job enqueues; returns the jobs as they ended."""

    def run() -> list[Job]:
        ran = []
        while job := Job.objects.waiting().first():
            assert run_job(job.pk)
            job.refresh_from_db()
            ran.append(job)
            assert len(ran) < 100, "jobs without end"
        return ran

    return run


@pytest.fixture
def page_ok():
    """``html = page_ok(response)``: status, CSP, no inline code, no template leftovers, ids used once."""
    return check_page


@pytest.fixture
def statements(client_with):
    """``statements(role, organization)(url, …)``: SQL statements of a request, the session just touched."""

    def reader(role: str, organization: Organization, **granted):
        client = client_with(role, organization, **granted)

        def count(url: str, **kwargs) -> int:
            client.get("/roles/")
            with CaptureQueriesContext(connection) as context:
                assert client.get(url, **kwargs).status_code == 200
            return len(context)

        return count

    return reader
