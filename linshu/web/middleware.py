"""From what the domain raises to what the browser shows."""

from collections.abc import Callable
from urllib.parse import unquote

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from linshu.errors import DomainError
from linshu.web.providers import error_answer, error_page
from linshu.web.rules.problems import refused, too_large

NUL = "\0"
MULTIPART = "multipart/form-data"
PIECE = 64 * 1024


class CleanAddressMiddleware:
    """Refuses NUL in address and cookies (400): PostgreSQL cannot store it, and no honest browser sends it.

    Bodies are cleaned by the fields of forms and serializers.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = (request.path_info, unquote(request.META.get("QUERY_STRING", "")), *request.COOKIES.values())
        if any(NUL in text for text in given):
            raise BadRequest("NUL in the address or a cookie")
        return self.get_response(request)


class BodySizeMiddleware:
    """Refuses too large bodies (413) by their announced size, before anything parses them.

    What was sent is read and dropped, as far as that is sensible: a browser whose upload meets a closed connection
    shows no page, but a reset. A form with files may be larger than one of text alone, which is held in memory.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        most = settings.MOST_UPLOAD_BYTES if request.content_type == MULTIPART else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        size = request.META.get("CONTENT_LENGTH") or "0"
        if not (size.isascii() and size.isdigit()) or int(size) <= most:
            return self.get_response(request)
        left = min(int(size), settings.MOST_DROPPED_BYTES)
        while left > 0 and (piece := request.read(min(left, PIECE))):
            left -= len(piece)
        return error_answer(request, "too_large", too_large(most))


class PrivateAnswerMiddleware:
    """What an account has been shown is kept by no cache and no browser (rule book 11), unless the view says how long.

    Otherwise "back" shows the register to whoever sits down after log-out.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "actor", None) is not None and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response


class DomainErrorMiddleware:
    """Pages of 403, 404, 409 and 422; and htmx is sent to the log-in page as a whole when the session has expired."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        location = response.headers.get("Location", "")
        if getattr(request, "htmx", False) and location.startswith(str(settings.LOGIN_URL)):
            return HttpResponse(headers={"HX-Refresh": "true"})
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return error_page(request, refused(exception)) if isinstance(exception, DomainError) else None
