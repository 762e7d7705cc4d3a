"""Pages of jobs: one's own, with the progress asked for by itself until the end."""

import time
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from linshu.jobs.models import Job
from linshu.jobs.rules.states import State
from tests.factories import UserFactory
from tests.jobs.conftest import refuse

POLL = {"HX-Request": "true", "X-Unattended": "1"}


@pytest.fixture
def user(tree, user_with):
    return user_with("community_officer", tree.community)


@pytest.fixture
def client(user) -> Client:
    client = Client()
    client.force_login(user, backend="linshu.people.services.credentials.PasswordAndCode")
    return client


def running(job: Job, **changes) -> None:
    now = timezone.now()
    values = {"state": State.RUNNING.value, "started_at": now, "beat_at": now, "attempts": 1} | changes
    Job.objects.filter(pk=job.pk).update(**values)


@pytest.mark.parametrize(
    ("role", "offered"), [("community_officer", True), ("system_admin", False), ("security_auditor", False)]
)
def test_the_navigation_offers_them_to_who_can_have_any(tree, client_with, page_ok, role, offered):
    html = page_ok(client_with(role, tree.community).get("/me/"))
    assert ('href="/jobs/"' in html, 'href="/calendar/"' in html) == (offered, offered)


def test_one_s_own_jobs_newest_first(client, user, queued, page_ok):
    queued(user=user, title="较早的任务", now=timezone.now() - timedelta(hours=1))
    queued(user=user, title="较晚的任务")
    queued(user=UserFactory(), title="别人的任务")
    queued(title="命令行的任务")
    html = page_ok(client.get("/jobs/"))
    assert html.index("较晚的任务") < html.index("较早的任务")
    assert "别人的任务" not in html and "命令行的任务" not in html


def test_without_jobs_the_page_says_what_it_is_for(client, page_ok):
    assert "还没有提交过后台任务" in page_ok(client.get("/jobs/"))


def test_the_list_costs_the_same_for_one_and_twenty(client, user, queued, django_assert_num_queries):
    queued(user=user)
    client.get("/jobs/")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        client.get("/jobs/")
    for _ in range(19):
        queued(user=user)
    with django_assert_num_queries(len(one)):
        client.get("/jobs/")


@pytest.mark.parametrize("of", ["somebody", "nobody"])
def test_others_jobs_are_not_there(client, queued, page_ok, of):
    job = queued(user=UserFactory() if of == "somebody" else None)
    page_ok(client.get(f"/jobs/{job.pk}/"), 404)


def test_a_running_job_is_asked_for_again(client, user, queued, page_ok):
    job = queued(user=user)
    running(job, done=30, total=120, sentence="正在核对第 30 行")
    html = page_ok(client.get(f"/jobs/{job.pk}/"))
    assert 'hx-trigger="every 2s"' in html
    assert 'max="100" value="25"' in html and "30 / 120" in html
    assert "正在核对第 30 行" in html
    assert f'<a href="/jobs/{job.pk}/">刷新</a>' in html


def test_of_unknown_length_is_no_number(client, user, queued, page_ok):
    job = queued(user=user)
    html = page_ok(client.get(f"/jobs/{job.pk}/"))
    assert "排队中" in html and "<progress" in html
    assert "value=" not in html[html.index("<progress") : html.index("</progress")]


def test_the_poll_is_the_progress_alone(client, user, queued, page_ok):
    job = queued(user=user)
    running(job)
    answer = client.get(f"/jobs/{job.pk}/", headers=POLL)
    html = page_ok(answer)
    assert "<html" not in html and "进行中" in html
    assert "HX-Refresh" not in answer.headers


def test_at_the_end_the_page_is_reloaded_once(client, user, queued, run_jobs, page_ok):
    job = queued(user=user, url="/members/")
    run_jobs()
    assert client.get(f"/jobs/{job.pk}/", headers=POLL).headers["HX-Refresh"] == "true"
    answer = client.get(f"/jobs/{job.pk}/")
    html = page_ok(answer)
    assert "HX-Refresh" not in answer.headers and 'hx-trigger="every' not in html
    assert "办完了。" in html and 'href="/members/">查看结果</a>' in html


def test_a_failure_says_why(client, user, queued, run_jobs, page_ok):
    job = queued(refuse, user=user)
    run_jobs()
    html = page_ok(client.get(f"/jobs/{job.pk}/"))
    assert "未完成" in html and "名册里没有党员，没有导入。" in html


def test_asking_again_keeps_no_session_alive(client, user, queued):
    job = queued(user=user)
    client.get("/jobs/")

    def touched_after(headers) -> bool:
        session = client.session
        before = session["touched"] = time.time() - 120
        session.save()
        client.get(f"/jobs/{job.pk}/", headers=headers)
        return client.session["touched"] > before

    assert not touched_after(POLL)
    assert touched_after({})


def test_everybody_finds_his_jobs(client, page_ok):
    assert '<a href="/jobs/"' in page_ok(client.get("/"))


def test_operators_see_how_the_workers_fare_but_not_what_for(tree, client_with, user, queued):
    job = queued(user=user, title="导入孙建国等三人")
    operator = client_with("system_admin", tree.county)
    for url in ("/admin/jobs/job/", f"/admin/jobs/job/{job.pk}/change/"):
        html = operator.get(url).content.decode()
        assert job.kind in html and "孙建国" not in html
    assert operator.post(f"/admin/jobs/job/{job.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client_with("county_admin", tree.county).get("/admin/jobs/job/").status_code == 403
