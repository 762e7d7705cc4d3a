"""The tags of ``{% load linshu %}``."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.template import RequestContext, Template
from django.test import RequestFactory

from linshu.web.templatetags import linshu as tags
from tests.pages import problems_of

DAY = date(2026, 11, 4)
EVENING = datetime(2026, 11, 3, 23, 30, tzinfo=UTC)  # the next morning in Shanghai


def render(source: str, address: str = "/", **context) -> str:
    request = RequestFactory().get(address)
    request.user = AnonymousUser()
    html = Template("{% load linshu %}" + source).render(RequestContext(request, context))
    assert problems_of(html) == []
    return html


def test_dates_as_an_office_writes_them():
    assert render("{{ d|cn_date }} {{ d|cn_month }} {{ d|cn_day }} {{ d|cn_weekday }}", d=DAY) == (
        "2026年11月4日 2026年11月 11月4日 星期三"
    )
    assert render("{{ t|cn_date }}，{{ t|cn_time }}", t=EVENING) == "2026年11月4日，2026年11月4日 07:30"
    assert render("{{ d|cn_date }}{{ d|cn_month }}{{ d|cn_day }}{{ d|cn_time }}", d=None) == ""


@pytest.mark.parametrize(
    ("level", "shape", "colour"), [("late", "late", "late"), ("plan", "plan", "ok"), ("lock", "lock", "wait")]
)
def test_a_state_has_icon_word_and_colour(level, shape, colour):
    html = render("{% state level '逾期' %}", level=level)
    assert f"#i-{shape}" in html and f'class="ls-st is-{colour}"' in html and "逾期" in html
    assert "ls-chip" in render("{% state level '逾期' chip=True %}", level=level)


def test_an_unknown_state_raises():
    with pytest.raises(KeyError):
        tags.state("fine", "好")


def test_a_figure_opens_its_list():
    assert render("{{ 12|figure_link:url }}", url="/members/?a=1&b=2") == '<a href="/members/?a=1&amp;b=2">12</a>'
    assert render("{{ 0|figure_link:'/members/' }}") == "0"
    assert render("{{ n|figure_link:'/members/' }}", n=None) == "—"


def test_pages_keep_the_filters():
    page = Paginator(range(95), 10).page(2)
    html = render("{% page_links page '人' %}", "/members/?q=zs&page=2", page=page)
    assert "第 11–20 人，共 95 人" in html and '<b aria-current="page">2</b>' in html
    assert 'href="?q=zs&amp;page=3" rel="next"' in html and 'href="?q=zs&amp;page=1" rel="prev"' in html
    assert render("{% page_links page %}", page=Paginator([], 10).page(1)).strip() == ""


def test_column_heads_sort_and_turn_round():
    source = "<table><tr>{% sort_header 'name' '姓名' %}</tr></table>"
    assert 'href="?q=1&amp;sort=name"' in render(source, "/?q=1&page=4")
    html = render(source, "/?sort=name")
    assert 'aria-sort="ascending"' in html and 'href="?sort=-name"' in html
    html = render(source, "/?sort=-name")
    assert 'aria-sort="descending"' in html and 'href="?sort=name"' in html
