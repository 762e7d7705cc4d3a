"""Bodies beyond the limit, and bugs: told in words, as a page or as JSON."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import path

from linshu.urls import handler400, handler403, handler404, handler500, urlpatterns  # noqa: F401 - Django reads them

SHAPE = {"code", "message", "details"}


def bug(request):
    raise ZeroDivisionError("planted")


urlpatterns = [path("api/v1/bug/", bug), path("bug/", bug), *urlpatterns]
pytestmark = pytest.mark.urls("tests.web.test_views_sizes")


@pytest.fixture
def client(tree, client_with) -> Client:
    return client_with("county_admin", tree.county)


@pytest.fixture
def small(settings):
    settings.MOST_UPLOAD_BYTES, settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 3000, 1000


def upload(size: int) -> dict:
    return {"file": SimpleUploadedFile("名册.xlsx", b"x" * size)}


def test_a_too_large_file_is_told_on_a_page(client, small, page_ok):
    html = page_ok(client.post("/members/search/", upload(3000)), 413)
    assert "内容太大" in html and "没有接收" in html and "较小的文件" in html
    assert "退出" in html, "in the frame of who is logged in"


def test_a_visitor_is_told_too(db, small, page_ok):
    assert "内容太大" in page_ok(Client().post("/login/", upload(3000)), 413)


def test_a_file_within_the_limit_reaches_its_view(client, small):
    assert client.post("/members/search/", upload(2000) | {"q": "张"}).status_code == 302


def test_text_alone_is_held_in_memory_and_may_be_less(client, small, page_ok):
    page_ok(client.post("/members/search/", {"q": "x" * 2000}, content_type="application/x-www-form-urlencoded"), 413)


def test_text_beside_a_file_too(client, small, page_ok):
    assert "内容太大" in page_ok(client.post("/members/search/", {"q": "x" * 2000}), 413)


@pytest.mark.parametrize(
    ("body", "kind"), [("x" * 1001, "application/json"), ("x" * 3001, "multipart/form-data; boundary=x")]
)
def test_the_api_tells_it_as_json(client, small, body, kind):
    answer = client.post("/api/v1/members/find/", body, content_type=kind)
    assert answer.status_code == 413
    assert set(answer.json()) == SHAPE and answer.json()["code"] == "too_large"


def test_what_is_dropped_is_read(client, small, rf):
    """A closed connection with bytes on their way is a reset: the browser shows no page."""
    from linshu.web.middleware import BodySizeMiddleware

    request = rf.post("/api/v1/members/find/", b"x" * 5000, content_type="application/json")
    assert BodySizeMiddleware(bug)(request).status_code == 413
    assert request.read() == b""


@pytest.mark.parametrize("size", ["", "abc", "-1", "²"])
def test_a_senseless_size_does_no_harm(client, size):
    assert client.post("/members/search/", {"q": "张"}, CONTENT_LENGTH=size).status_code in {302, 400}


@pytest.fixture
def tolerant(client) -> Client:
    client.raise_request_exception = False
    return client


def test_a_bug_under_the_api_is_json(tolerant, caplog):
    answer = tolerant.get("/api/v1/bug/")
    assert answer.status_code == 500
    assert set(answer.json()) == SHAPE and answer.json()["code"] == "server_error"
    assert "planted" not in answer.content.decode() and "planted" in caplog.text


def test_a_bug_elsewhere_is_a_page(tolerant):
    answer = tolerant.get("/bug/")
    assert answer.status_code == 500 and "系统出错了" in answer.content.decode()
