"""The frame around every page, and the pages of what went wrong."""

from django.test import Client, override_settings
from django.urls import path

from linshu.errors import Conflict, Invalid, NotFound, NotPermitted, Problem
from linshu.people.models import User
from linshu.urls import handler400, handler403, handler404, handler500, urlpatterns  # noqa: F401 - Django reads them

ERRORS = {
    "gone": NotFound(),
    "forbidden": NotPermitted(),
    "conflict": Conflict("别人刚刚改过。"),
    "invalid": Invalid("填错了。", problems=[Problem("name", "名称重复。", "名称不重复")]),
}


def refuse(request, kind):
    raise ERRORS[kind]


urlpatterns = [*urlpatterns, path("refuse/<kind>/", refuse)]
REFUSING = override_settings(ROOT_URLCONF="tests.web.test_views_shell")


def test_frame(client_with, tree, page_ok):
    client = client_with("community_officer", tree.community)
    html = page_ok(client.get("/"))
    assert "社区党务专干" in html and "临沭党建" in html
    assert '<a href="/" aria-current="page">待办提醒' in html


def test_larger_text(client_with, tree, page_ok):
    client = client_with("community_officer", tree.community)
    User.objects.update(large_text=True)
    assert 'class="ls-large"' in page_ok(client.get("/"))


def test_log_in_is_required(db):
    assert Client().get("/").url == "/login/?next=/"


def test_unknown_address(client_with, tree, page_ok):
    html = page_ok(client_with("community_officer", tree.community).get("/nowhere/"), 404)
    assert "没有这个页面" in html and "回到待办" in html
    assert "去登录" in page_ok(Client().get("/nowhere/"), 404)


@REFUSING
def test_domain_errors_are_pages(client_with, tree, page_ok):
    client = client_with("community_officer", tree.community)
    referer = {"Referer": "http://testserver/?page=2"}
    assert "没有找到这条记录" in page_ok(client.get("/refuse/gone/", headers=referer), 404)
    assert "没有办理这件事的权限" in page_ok(client.get("/refuse/forbidden/", headers=referer), 403)
    assert "别人刚刚改过" in page_ok(client.get("/refuse/conflict/", headers=referer), 409)
    html = page_ok(client.get("/refuse/invalid/", headers=referer), 422)
    assert "名称重复。" in html and "名称不重复" in html and "http://testserver/?page=2" in html


@REFUSING
def test_a_foreign_referer_is_not_offered(client_with, tree):
    client = client_with("community_officer", tree.community)
    response = client.get("/refuse/gone/", headers={"Referer": "https://elsewhere.example/"})
    assert "elsewhere" not in response.content.decode()


@REFUSING
def test_htmx_gets_a_notice(client_with, tree, page_ok):
    client = client_with("community_officer", tree.community)
    response = client.get("/refuse/conflict/", headers={"HX-Request": "true"})
    html = page_ok(response, 409)
    assert "<html" not in html and "别人刚刚改过" in html
    assert response.headers["HX-Retarget"] == "#messages"


def test_htmx_reloads_the_page_after_the_session_expired(db):
    response = Client().get("/todos/count/", headers={"HX-Request": "true"})
    assert response.headers["HX-Refresh"] == "true"


def test_stale_form(client_with, tree, page_ok):
    client = client_with("community_officer", tree.community)
    client.handler.enforce_csrf_checks = True
    assert "放得太久" in page_ok(client.post("/"), 403)


def test_server_error_needs_no_database(rf):
    from linshu.web.views import server_error
    from tests.pages import problems_of

    response = server_error(rf.get("/"))
    assert response.status_code == 500 and problems_of(response.content.decode()) == []


def test_page_shown_after_logging_out_in_the_same_request(client_with, tree):
    response = client_with("system_admin", tree.county).post("/admin/logout/")
    assert response.status_code == 200
