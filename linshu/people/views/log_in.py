"""Log-in, log-out and the page of a locked account."""

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from linshu.people.forms import LogInForm
from linshu.people.services import lockout


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """Ask who it is; back to the page he came from."""
    form = LogInForm(request.POST or None)
    tries_left = None
    if request.method == "POST" and form.is_valid():
        user = authenticate(request, **form.cleaned_data)
        if user is not None:
            login(request, user)
            return redirect(_next(request))
        tries_left = lockout.tries_left(request)
    context = {"form": form, "tries_left": tries_left, "next": _next(request), "limits": lockout.limits()}
    return render(request, "people/login.html", context)


@login_not_required
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("people:login")


def locked(request: HttpRequest, *args: object) -> HttpResponse:
    """What axes shows instead of the log-in page while the account is locked from this address."""
    return render(request, "people/locked.html", {"limits": lockout.limits()}, status=429)


def _next(request: HttpRequest) -> str:
    """The page asked for before log-in, if it is one of ours."""
    target = request.POST.get("next", request.GET.get("next", ""))
    ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if ours else settings.LOGIN_REDIRECT_URL
