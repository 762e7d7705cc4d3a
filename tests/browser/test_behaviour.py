"""What the scripts add, and that nothing is lost without them."""

import pytest
from django.test import override_settings
from django.urls import path
from django.views.decorators.http import require_http_methods
from playwright.sync_api import expect

from linshu.errors import Conflict
from linshu.people.models import User
from linshu.urls import handler400, handler403, handler404, handler500, urlpatterns  # noqa: F401 - Django reads them
from linshu.web import registry
from linshu.web.registry import Place

pytestmark = pytest.mark.django_db(transaction=True)


@require_http_methods(["GET", "POST"])
def letter(request):
    """A page with a form that keeps a draft, and a fragment that is refused."""
    from django.contrib import messages
    from django.shortcuts import redirect, render

    if request.method == "POST":
        messages.success(request, "已登记。")
        return redirect("/letter/")
    return render(request, "letter.html")


def refused(request):
    raise Conflict("别人刚刚改过这条记录，没有写入。请刷新后再办。")


LETTER = """{% extends "base.html" %}{% block title %}信{% endblock %}{% block heading %}信{% endblock %}{% block content %}
<form method="post" data-draft>{% csrf_token %}<label for="t">内容</label><textarea id="t" name="t"></textarea>
<label for="p">口令</label><input type="password" id="p" name="p"><button>登记</button></form>
<a href="/refused/" hx-get="/refused/" hx-target="#t">试试</a>{% endblock %}"""
urlpatterns = [*urlpatterns, path("letter/", letter), path("refused/", refused)]


@pytest.fixture
def letters(settings):
    """The letter page among ours."""
    engine = settings.TEMPLATES[0]
    loaders = [
        ("django.template.loaders.locmem.Loader", {"letter.html": LETTER}),
        "django.template.loaders.filesystem.Loader",
        "django.template.loaders.app_directories.Loader",
    ]
    options = {**engine["OPTIONS"], "loaders": loaders}
    with override_settings(
        ROOT_URLCONF="tests.browser.test_behaviour", TEMPLATES=[{**engine, "APP_DIRS": False, "OPTIONS": options}]
    ):
        yield


def test_what_is_typed_survives_a_wrong_click_and_goes_once_accepted(letters, open_page, client_with, tree):
    client = client_with("community_officer", tree.community)
    page = open_page("/letter/", client)
    page.get_by_label("内容").fill("3 号楼楼道灯不亮")
    page.get_by_label("口令").fill("secret")
    page.goto(page.url.replace("letter/", ""))
    page.go_back()
    page.reload()
    expect(page.get_by_label("内容")).to_have_value("3 号楼楼道灯不亮")
    expect(page.get_by_label("口令")).to_have_value("")
    expect(page.get_by_text("已恢复您上次没有提交的内容")).to_be_visible()
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_text("已登记。")).to_be_visible()
    expect(page.get_by_label("内容")).to_have_value("")


def test_a_draft_is_not_shown_to_the_next_user(letters, open_page, client_with, tree):
    page = open_page("/letter/", client_with("community_officer", tree.community))
    page.get_by_label("内容").fill("只给我看")
    page = open_page("/letter/", client_with("community_officer", tree.community))
    expect(page.get_by_label("内容")).to_have_value("")


def test_a_refusal_over_htmx_is_a_notice_on_the_page(letters, open_page, client_with, tree):
    page = open_page("/letter/", client_with("community_officer", tree.community))
    page.get_by_role("link", name="试试").click()
    expect(page.get_by_role("alert")).to_contain_text("别人刚刚改过这条记录")
    expect(page.get_by_label("内容")).to_be_visible()


def test_switcher_opens_and_closes_by_keyboard(open_page, client_with, tree, monkeypatch):
    monkeypatch.setattr(registry, "_places", [lambda actor: [Place("乙社区", "/search/?q=a")]])
    page = open_page("/", client_with("community_officer", tree.community))
    summary = page.locator(".ls-org > summary")
    summary.focus()
    page.keyboard.press("Enter")
    link = page.locator(".ls-menu a")
    expect(link).to_be_visible()
    link.focus()
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()
    expect(summary).to_be_focused()


def test_larger_text(open_page, screens, client_with, tree):
    client = client_with("community_officer", tree.community)
    User.objects.update(large_text=True)
    screens(open_page("/", client), "home-large")


@pytest.mark.parametrize("role", ["system_admin", "member"])
def test_home_without_business_rows(role, open_page, screens, client_with, tree):
    page = open_page("/", client_with(role, tree.county))
    expect(page.get_by_role("heading", name="我的职责")).to_be_visible()
    screens(page, f"home-{role}")


def test_without_scripts_the_phone_still_has_its_navigation(browser, live_server, client_with, tree):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 375, "height": 812})
    client = client_with("community_officer", tree.community)
    cookie = client.cookies["sessionid"]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page = context.new_page()
    page.goto(live_server.url + "/")
    navigation = page.get_by_role("navigation", name="主导航")
    expect(navigation).to_be_hidden()
    page.get_by_role("link", name="目录").click()
    expect(navigation).to_be_visible()
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_role("heading", name="登录")).to_be_visible()
    context.close()


def test_paper_shows_the_title_and_not_the_frame(open_page, client_with, tree):
    page = open_page("/", client_with("community_officer", tree.community))
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="待办", exact=True)).to_be_visible()
    expect(page.get_by_role("banner")).to_be_hidden()
    expect(page.get_by_role("navigation", name="主导航")).to_be_hidden()
