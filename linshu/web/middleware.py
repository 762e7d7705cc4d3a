"""From what the domain raises to what the browser shows."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from linshu.errors import DomainError
from linshu.web.providers import error_page
from linshu.web.rules.problems import refused


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
