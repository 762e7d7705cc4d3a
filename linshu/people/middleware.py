"""Idle sessions end; what was being typed is kept and shown again to the same account."""

import time
from collections.abc import Callable
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.http import escape_leading_slashes

from linshu.people.models import User
from linshu.people.rules import sessions as rules
from linshu.people.services import lockout, sessions
from linshu.web import forms

TOUCHED = "touched"
# Header of what a page asks by itself, again and again: nobody need be sitting there.
UNATTENDED = "X-Unattended"


class IdleSessionMiddleware:
    """Ends a session nobody used for the agreed minutes; stands before LoginRequiredMiddleware, which then asks anew."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, User):
            self._watch(request, request.user, time.time())
        return self.get_response(request)

    def _watch(self, request: HttpRequest, user: User, now: float) -> None:
        touched = request.session.get(TOUCHED)
        if not rules.touch_is_due(touched, now):
            return
        minutes = lockout.limits().idle
        if touched is not None and rules.is_idle(touched, now, minutes=minutes):
            self._end(request, user, minutes)
        elif UNATTENDED not in request.headers:
            request.session[TOUCHED] = now

    def _end(self, request: HttpRequest, user: User, minutes: int) -> None:
        """Flush the session and go on as a visitor, with what was posted kept for the same account."""
        body = rules.worth_keeping(dict(request.POST.lists()))
        request.session.flush()
        request.user = AnonymousUser()
        sessions.end_idle(user=user, minutes=minutes)
        if body:
            sessions.keep(request.session, body, page=page_of(request), user_id=user.pk)


class KeptFormMiddleware:
    """On the page where typing was cut short, forms start with what was typed (``linshu.web.forms.KEPT``)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        body = self._kept(request)
        if not body:
            return self.get_response(request)
        messages.info(request, "您离开太久，系统请您重新登录。刚才没有提交的内容已经填回，请检查后再提交。")
        token = forms.KEPT.set(body)
        try:
            return self.get_response(request)
        finally:
            forms.KEPT.reset(token)

    def _kept(self, request: HttpRequest) -> dict[str, list[str]]:
        if request.method != "GET" or not isinstance(request.user, User):
            return {}
        return sessions.take(request.session, page=request.get_full_path(), user_id=request.user.pk)


def page_of(request: HttpRequest) -> str:
    """Address of the page the form stands on: what htmx or the browser says, else the form's own."""
    source = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer") or "")
    if source.netloc != request.get_host():
        return request.get_full_path()
    # The log-in sends him back there: a path of two slashes would be another host.
    return escape_leading_slashes(source.path) + (f"?{source.query}" if source.query else "")
