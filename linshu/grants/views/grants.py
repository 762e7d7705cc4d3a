"""Who holds which role: give, end, link to a person. Names of organisations, no row of theirs."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linshu.grants.forms import EndForm, GiveForm, LinkForm
from linshu.grants.models import Grant
from linshu.grants.rules.roles import ROLES
from linshu.grants.rules.words import rights_of
from linshu.grants.services.grants import end_grant, give_grant, named_organization, with_grants
from linshu.people.models import User
from linshu.people.services.accounts import link_person
from linshu.web.forms import Form, attempt
from linshu.web.views import ActorRequest

PER_PAGE = 50


@require_GET
def grants(request: ActorRequest) -> HttpResponse:
    """Accounts with their roles; ``?q=`` by name, ``?role=``."""
    query, role = request.GET.get("q", "").strip(), request.GET.get("role", "")
    rows = with_grants(actor=request.actor, today=timezone.localdate(), role=role).matching(query)
    page = Paginator(rows.order_by("username"), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "query": query, "role": role, "roles": ROLES.values()}
    return render(request, "grants/grants.html", context)


@require_http_methods(["GET", "POST"])
def account(request: ActorRequest, user_id: int) -> HttpResponse:
    """One account's roles, present and past; POST gives another."""
    user = User.objects.grantable(request.actor).get_or_refuse(user_id)
    form = GiveForm(request.POST or None, initial={"valid_from": timezone.localdate()})
    grant = attempt(form, lambda: _give(request, user, form.cleaned_data))
    if grant is None:
        return _account(request, user, form, LinkForm())
    messages.success(request, f"已授予{user}：{grant.organization}的{ROLES[grant.role].name}。")
    return redirect("grants:account", user.pk)


@require_POST
def link(request: ActorRequest, user_id: int) -> HttpResponse:
    """Tell which person the account is."""
    user = User.objects.grantable(request.actor).get_or_refuse(user_id)
    form = LinkForm(request.POST)
    linked = attempt(form, lambda: link_person(account=user, **form.cleaned_data, by=request.actor, now=timezone.now()))
    if linked is None:
        return _account(request, user, GiveForm(initial={"valid_from": timezone.localdate()}), form)
    messages.success(request, f"账号已与{user}本人对应。")
    return redirect("grants:account", user.pk)


@require_http_methods(["GET", "POST"])
def end(request: ActorRequest, grant_id: int) -> HttpResponse:
    """End one grant, with the day and the reason."""
    grant = Grant.objects.managed(request.actor).get_or_refuse(grant_id)
    form = EndForm(request.POST or None, initial={"on": timezone.localdate()})
    ended = attempt(form, lambda: (end_grant(grant=grant, **form.cleaned_data, by=request.actor, now=timezone.now()),))
    if ended is None:
        context = {"grant": grant, "role": ROLES[grant.role], "form": form}
        return render(request, "grants/end.html", context, status=form.status)
    messages.success(request, f"已收回{grant.user}在{grant.organization}的{ROLES[grant.role].name}角色。")
    return redirect("grants:account", grant.user_id)


@require_GET
def roles(request: ActorRequest) -> HttpResponse:
    """Every role: what it is for, and its rights in words."""
    return render(request, "grants/roles.html", {"roles": [(role, rights_of(role)) for role in ROLES.values()]})


def _give(request: ActorRequest, user: User, typed: dict[str, Any]) -> Grant:
    organization = named_organization(text=typed["organization"], actor=request.actor)
    return give_grant(user=user, **typed | {"organization": organization}, by=request.actor, now=timezone.now())


def _account(request: ActorRequest, user: User, form: Form, link_form: Form) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "account": user,
        "grants": [
            (row, ROLES[row.role], row.state_on(today)) for row in Grant.objects.managed(request.actor).of(user)
        ],
        "form": form,
        "link_form": link_form,
        "own": user.pk == request.actor.user_id,
    }
    return render(request, "grants/account.html", context, status=max(form.status, link_form.status))
