"""Hostile and random requests against the API's own document: never a 500, never a status nobody was told of."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from rest_framework.throttling import SimpleRateThrottle
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import status_code_conformance

from linshu.grants.rules.roles import ROLES
from linshu.people.services.tokens import create_token
from linshu.scope import SYSTEM
from linshu.wsgi import application
from organizations.models import Organization
from tests.factories import GrantFactory, UserFactory
from tests.rest.test_api_every_operation import document

schema = schemathesis.openapi.from_dict(document())
schema.app = application


@pytest.fixture
def everybody(tree, monkeypatch):
    """One who holds every role; in-process calls must leave the test's connection open."""
    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", {"anon": None, "user": None})
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    user = UserFactory()
    for role in ROLES:
        GrantFactory(user=user, role=role, organization=tree.county)
    yield user
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@schema.parametrize()
@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_request_breaks_an_operation(case, everybody):
    if "id" in case.path_parameters and "/organizations/" in case.path:
        case.path_parameters["id"] = Organization.objects.get(name="乙社区").pk
    _, key = create_token(
        user=everybody, label="测试", days=1, by=SYSTEM, now=timezone.now()
    )  # the last may be revoked
    answer = case.call(headers={"Host": "localhost", "Authorization": f"Token {key}"})

    assert answer.status_code != 401  # the token is taken, or nothing is tested
    case.validate_response(answer, checks=[not_a_server_error, status_code_conformance])
