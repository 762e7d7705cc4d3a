"""Puts the actor on the request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
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
