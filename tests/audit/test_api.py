"""The audit log over the API."""

import pytest

URL = "/api/v1/audit/"


@pytest.fixture
def auditor(tree, client_with):
    return client_with("security_auditor", tree.county)


def test_events_are_told_newest_first_with_their_words(auditor, record):
    record(3)
    body = auditor.get(URL, {"type": "tests.done", "page_size": 2}).json()
    assert body["count"] == 3
    assert [row["sentence"] for row in body["results"]] == ["做了第 3 件事。", "做了第 2 件事。"]
    assert auditor.get(f"{URL}{body['results'][0]['id']}/").json()["label"] == "测试"


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"actor_name": "系"}, 1),
        ({"actor_name": "王"}, 0),
        ({"since": "2026-11-24", "until": "2026-11-24"}, 1),
        ({"since": "2026-11-25"}, 0),
    ],
)
def test_filters_narrow_the_list(auditor, record, query, count):
    record(1)
    assert auditor.get(URL, {"type": "tests.done"} | query).json()["count"] == count


def test_an_organization_means_its_subtree(auditor, record, tree):
    record(1, organization_id=tree.branch.pk)
    assert auditor.get(URL, {"organization": tree.street.pk}).json()["count"] == 1
    assert auditor.get(URL, {"organization": tree.other_street.pk}).json()["count"] == 0


def test_a_wrong_filter_is_told(auditor):
    assert auditor.get(URL, {"since": "gestern"}).status_code == 400
    assert auditor.get(URL, {"who": "x"}).status_code == 400


def test_the_log_is_read_only(auditor, record):
    (event,) = record(1)
    for method in (auditor.put, auditor.patch, auditor.delete):
        assert method(f"{URL}{event.pk}/").status_code == 405
    assert auditor.post(URL).status_code == 405
