"""Log-in, log-out and the page of a locked account."""

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from linshu.people.forms import LogInForm
from linshu.people.models import User
from linshu.people.services import lockout, sessions
from linshu.people.services.passwords import demand_change_if_aged


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """Ask who it is; back to the page he came from."""
    form = LogInForm(request.POST or None)
    if form.is_valid() and (seconds := _wait(request, form.cleaned_data["username"])):
        return render(request, "people/slowed.html", {"seconds": seconds}, status=429)
    user = authenticate(request, **form.cleaned_data) if form.is_valid() else None
    if isinstance(user, User):
        demand_change_if_aged(user=user, now=timezone.now())
        login(request, user)
        return redirect(sessions.page_kept_for(request.session, user.pk) or _next(request))
    if form.is_bound and form.is_valid():
        form.add_error("password", lockout.refusal(request))
    context = {"form": form, "next": _next(request), "limits": lockout.limits()}
    return render(request, "people/login.html", context, status=form.status)


@login_not_required
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("people:login")


@never_cache
def locked(request: HttpRequest, *args: object) -> HttpResponse:
    """What axes shows instead of the log-in page while the account is locked from this address."""
    return render(request, "people/locked.html", {"limits": lockout.limits()}, status=429)


def _wait(request: HttpRequest, username: str) -> int:
    """Seconds to wait before the account is tried from here; that it was asked for is kept."""
    where = {"username": username, "address": lockout.client_address(request)}
    seconds = lockout.wait_for(**where, now=timezone.now())
    if seconds:
        lockout.slow_down(**where)
    return seconds


def _next(request: HttpRequest) -> str:
    """The page asked for before log-in, if it is one of ours."""
    target = request.POST.get("next", request.GET.get("next", ""))
    ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if ours else settings.LOGIN_REDIRECT_URL
