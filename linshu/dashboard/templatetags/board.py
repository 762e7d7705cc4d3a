"""What the table of communities draws too often for a template to loop over."""

from html import escape

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from linshu.dashboard.providers.communities import Cell, Line

register = template.Library()

METER = (
    '<td class="ls-m"><svg class="ls-meter" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
    '<rect width="100" height="8"/><rect width="{}" height="8"/></svg></td>'
)
NO_METER = SafeString('<td class="ls-m"></td>')


@register.filter
def cells(line: Line) -> SafeString:
    """The numbers of a line, each opening its list, “…” where one comes later; beside the members their bar."""
    meter = NO_METER if line.share is None else format_html(METER, line.share)
    return SafeString("".join(f"{_cell(each)}{meter if each.has_bar else ''}" for each in line.cells))


def _cell(cell: Cell) -> str:
    if not cell.number:
        return f'<td class="ls-num">{"…" if cell.number is None else 0}</td>'
    return f'<td class="ls-num"><a href="{escape(cell.url)}">{cell.number}</a></td>'
