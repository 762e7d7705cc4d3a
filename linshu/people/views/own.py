"""What everybody does with his own account: see it, change the password, bind a telephone, make tokens."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_otp import login as otp_login

from linshu.errors import NotFound
from linshu.people.forms import CodeForm, PasswordForm, TokenForm
from linshu.people.models import ApiToken, Authenticator, User
from linshu.people.services import passwords, preferences, second_factor, tokens
from linshu.people.views import AccountRequest
from linshu.web.forms import attempt

KEY = "second_factor_key"


@never_cache
@require_GET
def me(request: AccountRequest) -> HttpResponse:
    """Who I am, what I may do, my tokens."""
    return _me(request, _token_form())


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password(request: AccountRequest) -> HttpResponse:
    """Change one's own password; other sessions end, this one goes on."""
    form = PasswordForm(request.POST or None)
    if user := attempt(form, lambda: _change(request, form)):
        update_session_auth_hash(request, user)
        messages.success(request, "口令已更换。其他电脑上的登录已经退出。")
        return redirect("people:me")
    rule = passwords.policy()
    context = {"form": form, "rule": rule, "forced": request.user.must_change_password}
    return render(request, "people/password.html", context, status=form.status)


@never_cache
@require_http_methods(["GET", "POST"])
def second_factor_page(request: AccountRequest) -> HttpResponse:
    """Bind an authenticator, or show its code in a session that has not seen it."""
    form = CodeForm(request.POST or None)
    if device := attempt(form, lambda: _prove(request, form.cleaned_data["otp_token"])):
        otp_login(request, device)
        request.session.pop(KEY, None)
        messages.success(request, "动态口令正确。以后登录时，口令之外还要填验证器上的 6 位数字。")
        return redirect("people:me")
    user = request.user
    context: dict[str, Any] = {"form": form, "device": second_factor.device_of(user)}
    if context["device"] is None:
        key = request.session.setdefault(KEY, second_factor.new_key())
        context |= {"secret": second_factor.secret_of(key), "qr": second_factor.qr_code(user=user, key=key)}
    return render(request, "people/second_factor.html", context, status=form.status)


@login_not_required
@require_POST
def large_text(request: HttpRequest) -> HttpResponse:
    """Switch 大字版: kept with the account, for visitors in a cookie."""
    target = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    response = redirect(target if ours else "/")
    if isinstance(request.user, User):
        preferences.switch_large_text(user=request.user)
        return response
    large = "" if request.COOKIES.get("large_text") == "1" else "1"
    response.set_cookie("large_text", large, max_age=365 * 24 * 3600, samesite="Lax", secure=request.is_secure())
    return response


@never_cache
@require_POST
def create_token(request: AccountRequest) -> HttpResponse:
    """A key of one's own; the answer shows it, once."""
    form = TokenForm(request.POST)
    made = attempt(
        form,
        lambda: tokens.create_token(user=request.user, **form.cleaned_data, by=request.actor, now=timezone.now()),
    )
    return _me(request, _token_form() if made else form, key=made[1] if made else "")


@require_POST
def revoke_token(request: AccountRequest, token_id: int) -> HttpResponse:
    """End one of one's own keys."""
    token = ApiToken.objects.filter(user=request.user, pk=token_id).select_related("user").first()
    if token is None:
        raise NotFound
    tokens.revoke_token(token=token, by=request.actor, now=timezone.now())
    messages.success(request, f"令牌“{token.label}”已撤销，用它的系统从现在起连不上了。")
    return redirect("people:me")


def _token_form() -> TokenForm:
    return TokenForm(initial={"days": tokens.default_days()})


def _me(request: AccountRequest, form: TokenForm, *, key: str = "") -> HttpResponse:
    context = {
        "form": form,
        "key": key,
        "device": second_factor.device_of(request.user),
        "tokens": ApiToken.objects.of(request.user),
        "now": timezone.now(),
    }
    return render(request, "people/me.html", context, status=form.status)


def _change(request: AccountRequest, form: PasswordForm) -> User:
    return passwords.change_password(
        user=request.user,
        current=form.cleaned_data["current_password"],
        new=form.cleaned_data["new_password"],
        by=request.actor,
        now=timezone.now(),
    )


def _prove(request: AccountRequest, code: str) -> Authenticator:
    user = request.user
    if second_factor.device_of(user) is not None:
        return second_factor.verify_second_factor(user=user, code=code)
    key = request.session.setdefault(KEY, second_factor.new_key())
    return second_factor.bind_second_factor(user=user, key=key, code=code, by=request.actor, now=timezone.now())
