"""变更申请 as a rule check: what a branch has asked for is decided within working days (rule book 2.1)."""

from collections.abc import Iterator

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone

from linshu.figures.registry import Check, Finding, Level, Look, register_check
from linshu.scope import Right
from linshu.words import day_words
from members.models import ChangeRequest
from members.rules.changing import State
from organizations.providers import readings

BASIS = "支部改姓名、证号、日期、类别和登记去世，须社区核准"


def register_change_checks() -> None:
    """Tell the registry."""
    register_check(Check("members.changes", "变更核准", Right.MEMBERS_APPROVE, waiting))


def waiting(look: Look) -> Iterator[Finding]:
    """One finding for every branch with something undecided: due so many working days after the oldest was asked."""
    rows = ChangeRequest.objects.within(look.scope).in_state(State.SUBMITTED).order_by()
    asked = list(rows.values("organization").annotate(number=Count("pk"), oldest=Min("requested_at")))
    if not asked:
        return
    days, calendar = int(look.once(readings.values)["CHANGE_DECIDE_WD"]), look.once(readings.calendar)
    for each in asked:
        since = timezone.localdate(each["oldest"])
        due_on = calendar.add_workdays(since, days)
        sentence = f"有 {each['number']} 件变更申请待核准，最早 {day_words(since)}报送，应在 {days} 个工作日内办理。"
        yield Finding(
            each["organization"], Level.LATE if due_on < look.day else Level.SOON, sentence, BASIS, "核准",
            f"{reverse('members:changes')}?organization={each['organization']}", due_on=due_on, task="核准党员信息变更",
            figure=each["number"], limit=f"{days} 个工作日内办理",
        )  # fmt: skip
