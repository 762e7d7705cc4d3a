"""What a branch asks of its community about a member."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from members.forms.keeping import ProposeDeathForm, ProposeForm
from members.rules.keeping import Action
from members.services import requests
from members.views.pages import Task, ask, done, member_of, submitted

DERIVED = {"sex"}  # follows the number


@never_cache
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a correction: only what differs from the register goes along."""
    row = member_of(request, pk, Action.PROPOSE)
    names = set(requests.ASKABLE) - DERIVED
    form = ProposeForm(request.POST or None, membership=row, names=names)
    if submitted(request, form, requests.submit, membership=row):
        return done(request, f"{row.person}的变更申请已报社区，核准后生效。", row)
    if form.errors:
        form.look_anew(row)
    note = "只改要改的，其余保持不动。社区核准后才写入名册，可以在“报送的变更”里看进度。"
    return ask(request, Task(row, f"报请更正{row.person}的信息", "报社区核准", note), form)


@require_http_methods(["GET", "POST"])
def propose_death(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell the community that the member died."""
    row = member_of(request, pk, Action.PROPOSE_DEATH)
    form = ProposeDeathForm(request.POST or None)
    if submitted(request, form, requests.submit_death, membership=row):
        return done(request, f"{row.person}去世的报告已报社区，核准后登记。", row)
    return ask(request, Task(row, f"报告{row.person}去世", "报社区核准"), form)
