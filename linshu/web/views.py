"""The frame's context and the handlers of Django's own errors."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header

from linshu.scope import Actor
from linshu.web.providers import Shell, error_answer, error_page
from linshu.web.rules import problems


class ActorRequest(HttpRequest):
    """A request behind the log-in: the middleware has made its actor."""

    actor: Actor


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the frame of the page, worked out only where a template shows it."""
    user = getattr(request, "user", None)
    actor, large = None, request.COOKIES.get("large_text") == "1"
    if user is not None and user.is_authenticated:  # no longer, where the view has just logged the user out
        actor, large = getattr(request, "actor", None), user.large_text
    return {"shell": Shell(actor, request.path, large)}


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Before any view has seen the request: the API's callers are told in the API's words."""
    if isinstance(exception, RequestDataTooBig):
        return error_answer(request, "too_large", problems.too_large(settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0))
    return error_answer(request, "bad_request", problems.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, problems.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, problems.MISSING)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return error_page(request, problems.STALE_FORM)


def server_error(request: HttpRequest) -> HttpResponse:
    """Without context: what broke may be the database."""
    if request.path_info.startswith("/api/"):
        return error_answer(request, "server_error", problems.BROKEN)
    return HttpResponse(render_to_string("errors/500.html"), status=500)


def attachment(
    pieces: Iterable[bytes], *, name: str, media_type: str, size: int | None = None
) -> StreamingHttpResponse:
    """A download under its own name, streamed; ``size`` in bytes where it is known. No browser and no cache keeps it."""
    response = StreamingHttpResponse(pieces, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    if size is not None:
        response["Content-Length"] = str(size)
    response["Cache-Control"] = "private, no-store"
    return response
