"""Jobs for integrators: one's own."""

import pytest
from rest_framework.test import APIClient

from tests.factories import UserFactory


@pytest.fixture
def user(tree, user_with):
    return user_with("community_officer", tree.community)


@pytest.fixture
def client(user) -> APIClient:
    client = APIClient()
    client.force_login(user, backend="linshu.people.services.credentials.PasswordAndCode")
    return client


def test_a_job_is_told_until_its_end(client, user, queued, run_jobs):
    job = queued(user=user, url="/members/")
    url = f"/api/v1/jobs/{job.pk}/"
    before = client.get(url).json()
    assert (before["state"], before["percent"], before["finished_at"]) == ("queued", 0, None)
    run_jobs()
    after = client.get(url).json()
    assert (after["state"], after["sentence"], after["url"]) == ("done", "办完了。", "/members/")
    assert after["kind_label"] == "测试任务" and after["allowed_actions"] == []


def test_the_list_is_one_s_own_and_filtered_by_state(client, user, queued, run_jobs):
    done = queued(user=user)
    run_jobs()
    waiting = queued(user=user)
    queued(user=UserFactory())
    assert [row["id"] for row in client.get("/api/v1/jobs/").json()["results"]] == [waiting.pk, done.pk]
    assert [row["id"] for row in client.get("/api/v1/jobs/?state=done").json()["results"]] == [done.pk]
    assert client.get("/api/v1/jobs/?state=lost").status_code == 400
    assert client.get("/api/v1/jobs/?sate=done").json()["code"] == "unknown_parameter"


def test_others_jobs_are_not_there(client, queued):
    assert client.get(f"/api/v1/jobs/{queued(user=UserFactory()).pk}/").status_code == 404
    assert client.get(f"/api/v1/jobs/{queued().pk}/").status_code == 404
    assert client.get(f"/api/v1/jobs/{'9' * 30}/").status_code == 404


def test_ids_of_arguments_stay_inside(client, user, queued):
    job = queued(user=user, arguments={"import": 7})
    assert "arguments" not in client.get(f"/api/v1/jobs/{job.pk}/").json()
