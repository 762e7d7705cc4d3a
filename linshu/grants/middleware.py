"""Puts the actor on the request, and asks first for what the account owes."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone

from linshu.grants.services import actor_of


class ActorMiddleware:
    """``request.actor`` for a logged-in user: one query a request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            request.actor = actor_of(request.user, day=timezone.localdate())  # type: ignore[attr-defined]
        return self.get_response(request)


class DutyMiddleware:
    """A password to be changed and a second factor to be bound come before any other page; the demo asks for neither.

    A token has no session and owes nothing: it was made by somebody who had done both.
    """

    OPEN = frozenset({"people:password", "people:second-factor", "people:logout", "people:large-text"})

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if settings.DEMO or not request.user.is_authenticated:
            return None
        match = request.resolver_match
        is_api = match is not None and match.route.startswith("api/")
        is_public = not getattr(view, "login_required", True) and not is_api
        if is_public or (match is not None and match.view_name in self.OPEN):
            return None
        owed = owed_page(request)
        if owed is None:
            return None
        url_name, message = owed
        if is_api:
            return JsonResponse({"code": "duty_first", "message": message, "details": []}, status=403)
        return redirect(url_name)


def owed_page(request: Any) -> tuple[str, str] | None:
    """The page that comes first, and why."""
    if request.user.must_change_password:
        return "people:password", "请先登录网页更换口令，再使用接口。"
    if any(role.second_factor for role in request.actor.roles) and not request.user.is_verified():
        return "people:second-factor", "您的角色要求动态口令，请先登录网页绑定验证器，再使用接口。"
    return None
