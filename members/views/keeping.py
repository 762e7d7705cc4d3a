"""办理变动: the menu of a member and the page of each act."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from members.access import offers_for, writable_facts
from members.forms.keeping import CorrectForm, DeathForm, HomeForm, MobileForm, ReasonForm, RegroupForm
from members.rules.keeping import Action
from members.services import correcting, deaths, mobility
from members.services.regrouping import regroup as put_into_group
from members.views.pages import Task, actor_of, ask, done, member_of, submitted, what_ends
from organizations.models import Organization
from organizations.rules.kinds import Kind


@require_GET
def menu(request: HttpRequest, pk: int) -> HttpResponse:
    """What may be done with the member now; what has to wait, with the reason."""
    row = member_of(request, pk)
    offers = offers_for(actor_of(request), row, has_request=row.waiting)
    return render(request, "members/operations.html", {"member": row, "offers": offers})


@never_cache
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Put right what the register says; a branch sees the fields it may change."""
    row = member_of(request, pk, Action.CORRECT)
    form = CorrectForm(request.POST or None, membership=row, names=writable_facts(actor_of(request), row))
    if now := submitted(request, form, correcting.correct, membership=row):
        return done(request, f"已更正{now.person}的信息。", now)
    if form.errors:
        form.look_anew(row)
    return ask(request, Task(row, f"更正{row.person}的信息", "保存更正"), form)


@require_http_methods(["GET", "POST"])
def regroup(request: HttpRequest, pk: int) -> HttpResponse:
    """Another group of the branch."""
    row = member_of(request, pk, Action.REGROUP)
    groups = Organization.objects.open().filter(parent=row.branch, kind=Kind.GROUP).order_by("lft")
    form = RegroupForm(request.POST or None, branch=row.branch, groups=list(groups), initial={"on": _today()})
    if now := submitted(request, form, put_into_group, membership=row):
        return done(request, f"{now.person}已编入{now.organization}。", now)
    note = f"现在编在{row.group.short_name}。" if row.group else "现在没有编组，直属支部。"
    return ask(request, Task(row, f"调整{row.person}的党小组", "调整", note), form)


@require_http_methods(["GET", "POST"])
def mark_mobile(request: HttpRequest, pk: int) -> HttpResponse:
    """Mobile from a day on, or elsewhere."""
    row = member_of(request, pk, Action.MARK_MOBILE)
    form = MobileForm(request.POST or None)
    if now := submitted(request, form, mobility.mark_mobile, membership=row):
        return done(request, f"{now.person}已登记为流动党员，流向{now.destination}。", now)
    note = f"现在登记的流向是{row.destination}。" if row.is_mobile else ""
    return ask(request, Task(row, f"登记{row.person}流动", "登记流动", note), form)


@require_http_methods(["GET", "POST"])
def mark_home(request: HttpRequest, pk: int) -> HttpResponse:
    """Back from a day on."""
    row = member_of(request, pk, Action.MARK_HOME)
    form = HomeForm(request.POST or None)
    if now := submitted(request, form, mobility.mark_home, membership=row):
        return done(request, f"{now.person}已登记返回。", now)
    return ask(request, Task(row, f"登记{row.person}返回", "登记返回", f"现在登记的流向是{row.destination}。"), form)


@require_http_methods(["GET", "POST"])
def record_death(request: HttpRequest, pk: int) -> HttpResponse:
    """The end of the membership and of everything held."""
    row = member_of(request, pk, Action.RECORD_DEATH)
    form = DeathForm(request.POST or None)
    if death := submitted(request, form, deaths.record_death, membership=row):
        return _died(request, death)
    return ask(request, Task(row, f"登记{row.person}去世", "登记去世", warning=what_ends(row)), form)


@require_http_methods(["GET", "POST"])
def undo_death(request: HttpRequest, pk: int) -> HttpResponse:
    """Back on the register."""
    row = member_of(request, pk, Action.UNDO_DEATH)
    form = ReasonForm(request.POST or None)
    if now := submitted(request, form, deaths.undo_death, membership=row):
        return done(request, f"已撤销去世登记，{now.person}恢复在册。原来的职务须重新任命。", now)
    note = "登记恢复到去世以前所在的组织。原来的职务、机构席位和网格工作不会自动恢复。"
    return ask(request, Task(row, f"撤销{row.person}的去世登记", "撤销去世登记", note), form)


def _died(request: HttpRequest, death: deaths.Death) -> HttpResponse:
    if death.account:
        messages.warning(request, f"本人有登录账号 {death.account}，请告诉系统管理员停用。")
    ended = f"，已终止{death.ended}" if death.ended else ""
    return done(request, f"已登记{death.membership.person}去世{ended}。", death.membership)


def _today() -> object:
    return timezone.localdate()
