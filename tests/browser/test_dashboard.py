"""Charts stand above their tables and lead to the lists; paper is landscape and without the frame."""

import pytest
from playwright.sync_api import expect

from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def board(tree, open_page, client_with):
    MembershipFactory.create_batch(5, organization=tree.branch)
    return open_page("/dashboard/", client_with("county_viewer", tree.county))


def test_a_bar_leads_to_its_list(board):
    tables = board.locator("table[data-chart]")
    expect(board.locator(".ls-plot svg")).to_have_count(tables.count())
    sexes = board.locator(".ls-card", has_text="性别结构").locator(".ls-plot")
    sexes.scroll_into_view_if_needed()
    box = sexes.bounding_box()
    board.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 4)  # men are above
    board.wait_for_url("**/members/?organization=*&sex=1")
    expect(board.locator("main")).to_contain_text("共 5 人")


def test_what_comes_after_the_page_brings_the_button_that_prints(board):
    expect(board.get_by_role("button", name="打印")).to_be_visible()
    expect(board.get_by_role("link", name="打印")).to_have_count(0)
    board.evaluate("window.print = () => { document.title = 'printed' }")
    board.get_by_role("button", name="打印").click()
    expect(board).to_have_title("printed")


def test_paper_shows_tables_and_charts_without_the_frame(board):
    board.emulate_media(media="print")
    for hidden in (".ls-bar", ".ls-nav", ".ls-filter", ".ls-acts"):
        expect(board.locator(hidden).first).to_be_hidden()
    expect(board.locator(".ls-plot svg").first).to_be_visible()
    assert board.pdf(prefer_css_page_size=True).count(b"/MediaBox [0 0 841") >= 1  # every page lies on its side


WORDS = """plot => [...plot.querySelectorAll("svg text")].filter((each) => each.textContent).map((each) => {
  const { left, right, top, bottom } = each.getBoundingClientRect();
  return { told: each.textContent, left, right, top, bottom };
})"""


@pytest.mark.parametrize("width", [375, 1366])
@pytest.mark.parametrize("number", ["5", "59812"])
def test_words_of_the_trend_never_touch_and_its_last_column_is_named(board, width, number):
    """Numbers of many digits want more room; where there is none, the table tells them."""

    def told(route):
        response = route.fetch()
        route.fulfill(response=response, body=response.text().replace(">5</a>", f">{number}</a>"))

    board.route("**/dashboard/", told)
    board.set_viewport_size({"width": width, "height": 768})
    board.reload()
    words = board.locator(".ls-plot").first.evaluate(WORDS)
    assert any(each["told"].endswith("日") for each in words)
    touching = [
        (one["told"], other["told"])
        for place, one in enumerate(words)
        for other in words[place + 1 :]
        if one["left"] < other["right"] and other["left"] < one["right"]
        and one["top"] < other["bottom"] and other["top"] < one["bottom"]
    ]  # fmt: skip
    assert touching == []


def test_without_scripts_the_tables_say_everything(browser, live_server, client_with, tree):
    MembershipFactory.create_batch(5, organization=tree.branch)
    client = client_with("county_viewer", tree.county)
    context = browser.new_context(java_script_enabled=False)
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/dashboard/")
    page.get_by_role("link", name="打印").click()
    page.wait_for_url("**/dashboard/?cards=1")
    expect(page.locator(".ls-plot")).to_have_count(0)
    expect(page.locator("table[data-chart]").first).to_be_visible()
    expect(page.get_by_role("button", name="打印")).to_be_hidden()
    context.close()
