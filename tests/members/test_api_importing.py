"""Imports over the API: the same steps, rights and files as on the pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from linshu.scope import SYSTEM
from linshu.sheets import MEDIA_TYPE
from members.models import Import, Membership
from members.services.importing import import_roster
from organizations.models import Organization
from tests.members.rosters import MAN, member, members, workbook

URL = "/api/v1/imports/"


@pytest.fixture
def api_with(db, now, user_with):
    """``api_with("street_officer", "A-1")``: a caller in the county of the small roster."""
    import_roster(content=workbook(people=[]), by=SYSTEM, now=now)
    Import.objects.all().delete()

    def make(role, code) -> APIClient:
        client = APIClient()
        user = user_with(role, Organization.objects.get(code=code))
        client.force_login(user, backend="linshu.people.services.credentials.PasswordAndCode")
        return client

    return make


@pytest.fixture
def api(api_with):
    return api_with("street_officer", "A-1")


def file(people=None) -> SimpleUploadedFile:
    return uploaded(workbook([], people))


def uploaded(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("名册.xlsx", content, content_type=MEDIA_TYPE)


def upload(api, people=None, **headers):
    return api.post(URL, {"file": file(people)}, format="multipart", **headers)


def test_uploaded_watched_confirmed(api, run_jobs):
    people = members()
    people[2]["联系电话"] = "123"
    answer = upload(api, people)
    assert answer.status_code == 201, answer.content
    row = answer.json()
    assert (row["state"], row["allowed_actions"], row["name"]) == ("reading", ["discard"], "名册.xlsx")
    address = f"{URL}{row['id']}/"
    assert api.post(f"{address}confirm/", {}, format="json").status_code == 409
    run_jobs()
    told = api.get(address).json()
    assert (told["state"], told["new"], told["problem"]) == ("ready", 2, 1)
    assert told["allowed_actions"] == ["confirm", "discard", "assign"]
    problems = api.get(f"{address}rows/?verdict=problem").json()
    assert problems["count"] == 1 and problems["results"][0]["problems"][0]["value"] == "****"
    assert api.get(f"{address}rows/?page_size=2").json()["count"] == 3

    whole = api.post(f"{address}confirm/", {"all_or_nothing": True}, format="json")
    assert (whole.status_code, whole.json()["code"]) == (409, "problems_left")
    assert api.post(f"{address}confirm/", {}, format="json").json()["state"] == "writing"
    run_jobs()
    told = api.get(address).json()
    assert (told["state"], told["written_new"], told["allowed_actions"]) == ("written", 2, ["settle"])
    report = api.get(f"{address}report/")
    assert report["Content-Type"] == MEDIA_TYPE and b"".join(report.streaming_content).startswith(b"PK")


def test_who_is_missing_is_listed(api, now, run_jobs):
    import_roster(content=workbook(), by=SYSTEM, now=now)
    row = upload(api, [member(MAN, 姓名="魏军平", 性别="男", 党内职务="")]).json()
    run_jobs()
    assert [each["name"] for each in api.get(f"{URL}{row['id']}/absent/").json()["results"]] == ["陈华雪"]


def test_discarded(api, run_jobs):
    row = upload(api).json()
    run_jobs()
    answer = api.post(f"{URL}{row['id']}/discard/")
    assert (answer.status_code, answer.json()["state"], answer.json()["allowed_actions"]) == (200, "discarded", [])
    assert api.get(f"{URL}{row['id']}/report/").status_code == 409
    assert not Membership.objects.exists()


def test_the_same_key_uploads_once(api):
    content, key = workbook([], None), {"Idempotency-Key": "k1"}  # once: a workbook says in which second it was made
    first, again = (api.post(URL, {"file": uploaded(content)}, format="multipart", headers=key) for _ in range(2))
    assert first.json()["id"] == again.json()["id"] and again["Idempotent-Replayed"] == "true"
    other = upload(api, members()[:1], headers={"Idempotency-Key": "k1"})
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert Import.objects.count() == 1


def test_what_is_refused(api):
    assert api.post(URL, {}, format="multipart").status_code == 422
    assert api.post(URL, {"file": "文字"}, format="multipart").status_code == 422
    broken = SimpleUploadedFile("名册.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    answer = api.post(URL, {"file": broken}, format="multipart")
    assert answer.status_code == 422 and answer.json()["details"][0]["field"] == "file"
    assert api.post(URL, {"file": "x"}, format="json").status_code in (400, 415)
    row = upload(api).json()
    assert api.get(f"{URL}{row['id']}/rows/?verdict=x").status_code == 400


def test_scope_and_right(api, api_with, run_jobs):
    row = upload(api).json()
    run_jobs()
    address = f"{URL}{row['id']}/"
    assert api_with("county_admin", "A").get(address).status_code == 200
    assert api_with("community_officer", "A-1-2").get(address).status_code == 404
    assert api_with("community_officer", "A-1-2").post(f"{address}discard/").status_code == 404
    viewer = api_with("county_viewer", "A")
    assert {viewer.get(URL).status_code, viewer.get(address).status_code, upload(viewer).status_code} == {403}


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_asks_the_same_of_the_database(count, api, run_jobs, django_assert_num_queries):
    for _ in range(count):
        upload(api, members()[:1])
    run_jobs()
    with django_assert_num_queries(5):
        rows = api.get(URL).json()["results"]
    assert [row["allowed_actions"] for row in rows] == [["confirm", "discard", "assign"]] * count


@pytest.mark.parametrize("count", [1, 20])
def test_rows_ask_the_same_of_the_database(count, api, run_jobs, django_assert_num_queries):
    row = upload(api, [member(党内职务="")] * count).json()
    run_jobs()
    with django_assert_num_queries(8):
        assert api.get(f"{URL}{row['id']}/rows/").json()["count"] == count
