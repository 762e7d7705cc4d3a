"""``{% load linshu %}``: icons, states, dates, pages and figures, as the look draws them."""

from datetime import date, datetime
from functools import cache
from typing import Any

from django import template
from django.core.paginator import Page
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from linshu.words import day_words
from linshu.words import spoken as days_in_words

register = template.Library()

WEEKDAYS = "一二三四五六日"
# Every level has its shape, so that the colour never speaks alone.
SHAPES = {"late": "late", "soon": "soon", "ok": "ok", "wait": "wait", "plan": "plan", "lock": "lock"}
COLOURS = {"plan": "ok", "lock": "wait"}
MESSAGE_LEVELS = {"success": "ok", "warning": "soon", "error": "late"}


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """A 16 px symbol of ``components/sprite.html``; decorative, the word beside it speaks."""
    return format_html('<svg class="ls-i" viewBox="0 0 16 16" aria-hidden="true"><use href="#i-{}"/></svg>', name)


@register.inclusion_tag("components/state.html")
def state(level: str, word: str, chip: bool = False) -> dict[str, Any]:
    """Icon, word and colour of ``late soon ok plan wait lock``; ``chip=True`` frames it."""
    return {"shape": SHAPES[str(level)], "level": COLOURS.get(str(level), str(level)), "word": word, "chip": chip}


@register.filter
def message_level(tag: str) -> str:
    """State of a message of ``django.contrib.messages``."""
    return MESSAGE_LEVELS.get(tag, "wait")


def _day(value: date | datetime) -> date:
    return timezone.localdate(value) if isinstance(value, datetime) else value


@register.filter
def cn_date(value: date | datetime | None) -> str:
    """2026年11月24日; nothing for no date."""
    return day_words(_day(value)) if value else ""


@register.filter
def spoken(sentence: object) -> str:
    """The sentence with its days as 2026年11月24日."""
    return days_in_words(str(sentence))


@register.filter
def cn_month(value: date | datetime | None) -> str:
    """2026年11月."""
    return f"{_day(value):%Y}年{_day(value).month}月" if value else ""


@register.filter
def cn_day(value: date | datetime | None) -> str:
    """11月24日, where the year is plain."""
    return f"{_day(value).month}月{_day(value).day}日" if value else ""


@register.filter
def cn_weekday(value: date | datetime) -> str:
    """星期二."""
    return f"星期{WEEKDAYS[_day(value).weekday()]}"


@register.filter
def cn_time(value: datetime | None) -> str:
    """2026年11月24日 08:00, local time."""
    return f"{cn_date(value)} {timezone.localtime(value):%H:%M}" if value else ""


@register.filter
def figure_link(number: int | None, url: str) -> SafeString | str:
    """A figure opens its list; 0 is plain text, a missing figure a dash."""
    if not number:
        return "—" if number is None else "0"
    return format_html('<a href="{}">{}</a>', url, number)


@register.inclusion_tag("components/pages.html", takes_context=True)
def page_links(context: template.Context, page: Page, unit: str = "条") -> dict[str, Any]:
    """Count and pages under a list; the filters stay in the address."""
    numbers = list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))
    return {"request": context["request"], "page": page, "numbers": numbers, "unit": unit}


@register.inclusion_tag("components/sort_header.html", takes_context=True)
def sort_header(
    context: template.Context, field: str, label: str, numeric: bool = False, unit: str = "", span: int = 1
) -> dict[str, Any]:
    """A column head that sorts by ``?sort=field`` and, once more, by ``?sort=-field``; the unit stands below it.

    ``span`` is the number of columns it stands over.
    """
    chosen = context["request"].GET.get("sort", "")
    order = {field: "ascending", f"-{field}": "descending"}.get(chosen, "")
    following = f"-{field}" if order == "ascending" else field
    shown = {"label": label, "numeric": numeric, "unit": unit, "span": span, "order": order, "next": following}
    return {"request": context["request"]} | shown
