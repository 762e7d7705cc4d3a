"""Too many requests are told to wait, guesses of tokens included."""

import pytest
from rest_framework.throttling import SimpleRateThrottle

pytestmark = pytest.mark.urls("tests.rest.probe")
RATES = {"anon": "2/min", "user": "3/min"}


@pytest.fixture(autouse=True)
def low_rates(monkeypatch):
    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", RATES)


def test_the_fourth_request_of_a_user_waits_and_another_user_does_not(tree, client_with):
    client = client_with("street_officer", tree.street)

    answers = [client.get("/probe/nodes/") for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert 0 < int(answers[-1]["Retry-After"]) <= 60
    assert answers[-1].json()["code"] == "throttled"
    assert client_with("street_officer", tree.other_street).get("/probe/nodes/").status_code == 200


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Token guessed"}])
def test_anonymous_callers_are_counted_by_address(db, client, headers):
    statuses = [client.get("/probe/nodes/", headers=headers).status_code for _ in range(3)]

    assert statuses == [401, 401, 429]


def test_an_invented_forwarding_address_buys_no_more_requests(db, client):
    statuses = [
        client.get("/probe/nodes/", headers={"X-Forwarded-For": f"10.0.0.{n}, 192.0.2.1"}).status_code for n in range(3)
    ]

    assert statuses == [401, 401, 429]
