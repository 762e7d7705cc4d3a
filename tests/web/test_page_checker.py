"""The checker of pages finds what it is for."""

import pytest

from tests.pages import problems_of


@pytest.mark.parametrize(
    "html",
    [
        '<p style="color:red">x</p>',
        '<button onclick="go()">x</button>',
        '<a href="javascript:go()">x</a>',
        '<a href="#">x</a>',
        "<script>go()</script>",
        "<style>p{}</style>",
        "<p>{{ name }}</p>",
        "<p>{% if %}</p>",
        '<p id="a"></p><p id="a"></p>',
        "<div><p></div>",
        "<ul><li></ul>",
        "<p>",
        '<html><svg><use href="#i-none"/></svg></html>',
    ],
)
def test_finds(html):
    assert problems_of(html)


def test_is_content_with_a_sound_page():
    assert problems_of('<html><script src="/a.js"></script><p id="a">x<br></p><a href="/">y</a></html>') == []
