"""The system administrator's pages: accounts, without a glance at what they work on."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from linshu.people.access import allowed_actions
from linshu.people.forms import AccountForm, ReasonForm
from linshu.people.models import User
from linshu.people.services import accounts as services
from linshu.people.services import lockout
from linshu.people.views import AccountRequest
from linshu.web.forms import attempt

PER_PAGE = 50
STATES = {"": "全部", "active": "在用", "disabled": "停用", "must_change": "须改口令"}
VERBS: dict[str, tuple[Callable[..., Any], str]] = {
    "disable": (services.disable_account, "账号已停用，已登录的也退出了。"),
    "enable": (services.enable_account, "账号已启用。"),
    "reset-password": (services.reset_password, "口令已重置。"),
    "reset-second-factor": (services.reset_second_factor, "验证器已解除，下次登录后重新绑定。"),
    "unlock": (services.unlock_account, "账号已解锁，可以重新登录。"),
}


@require_GET
def accounts(request: AccountRequest) -> HttpResponse:
    """All accounts; ``?q=`` by name, ``?state=``."""
    query, state = request.GET.get("q", "").strip(), request.GET.get("state", "")
    rows = User.objects.managed(request.actor).matching(query).in_state(state).order_by("username")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "people/accounts.html", {"page": page, "query": query, "state": state, "states": STATES})


@never_cache
@require_http_methods(["GET", "POST"])
def new_account(request: AccountRequest) -> HttpResponse:
    """Open an account; the answer shows the first password, once."""
    User.objects.managed(request.actor)
    form = AccountForm(request.POST or None)
    made = attempt(form, lambda: services.create_account(**form.cleaned_data, by=request.actor, now=timezone.now()))
    if made:
        return _first_password(request, *made)
    return render(request, "people/account_new.html", {"form": form}, status=form.status)


@require_GET
def account(request: AccountRequest, account_id: int) -> HttpResponse:
    """One account: its state, and what can be done about it."""
    return _account(request, _load(request, account_id), ReasonForm())


@never_cache
@require_http_methods(["POST"])
def change_account(request: AccountRequest, account_id: int, verb: str) -> HttpResponse:
    """Run one of ``VERBS``, with a reason."""
    user = _load(request, account_id)
    form, (service, done) = ReasonForm(request.POST), VERBS[verb]
    result = attempt(form, lambda: (service(account=user, **form.cleaned_data, by=request.actor, now=timezone.now()),))
    if result is None:
        return _account(request, user, form)
    if verb == "reset-password":
        return _first_password(request, user, result[0])
    messages.success(request, done)
    return redirect("people:account", user.pk)


def _load(request: AccountRequest, account_id: int) -> User:
    row: User = User.objects.managed(request.actor).with_signs().get_or_refuse(account_id)
    return row


def _account(request: AccountRequest, user: User, form: ReasonForm) -> HttpResponse:
    context = {
        "account": user,
        "form": form,
        "actions": allowed_actions(request.actor, user),
        "locked": lockout.locked_addresses(user.username, now=timezone.now()),
    }
    return render(request, "people/account.html", context, status=form.status)


def _first_password(request: AccountRequest, user: User, password: str) -> HttpResponse:
    return render(request, "people/first_password.html", {"account": user, "password": password})
