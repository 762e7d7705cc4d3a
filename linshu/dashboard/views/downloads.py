"""The tables of the dashboard as workbooks."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_GET

from linshu.dashboard.forms import BoardForm, FindingsForm
from linshu.dashboard.providers import board as boards
from linshu.dashboard.providers import findings
from linshu.dashboard.providers.ground import Ground, survey
from linshu.dashboard.providers.sheets import board_sheets, findings_sheet
from linshu.dashboard.services import export
from linshu.sheets import MEDIA_TYPE, SheetData, write_workbook
from linshu.web.views import attachment


@require_GET
def board(request: HttpRequest) -> HttpResponseBase:
    """Every table of the dashboard; the address says the same as the page's."""
    asked = BoardForm(request.GET).told().cleaned_data
    actor = request.actor  # type: ignore[attr-defined]
    shown = boards.board(actor, timezone.localdate(), asked["as_of"], asked["organization"], asked["sort"])
    return _download(shown.ground, "看板", board_sheets(shown))


@require_GET
def found(request: HttpRequest) -> HttpResponseBase:
    """The list of findings, narrowed and ordered as on the page."""
    asked = FindingsForm(request.GET).told().cleaned_data
    actor = request.actor  # type: ignore[attr-defined]
    ground = survey(actor, asked["as_of"], timezone.localdate(), asked["organization"])
    some = [each for each in findings.find(ground, asked["code"]) if asked["level"] in ("", each.finding.level)]
    lines = findings.rows(ground, some, by_place=asked["by"] == "place")
    return _download(ground, "规则检查清单", [findings_sheet(lines)])


def _download(ground: Ground, what: str, sheets: Sequence[SheetData]) -> HttpResponseBase:
    top = ground.top
    notes = export(organization_id=top.id, what=what, day=ground.day, by=ground.actor, now=timezone.now())
    printed = f"{top.name}{what} {ground.day} {ground.actor.name}"
    book = write_workbook(sheets, watermark=notes, printed=printed)
    return attachment(book, name=f"{top.name}{what} {ground.day}.xlsx", media_type=MEDIA_TYPE)
