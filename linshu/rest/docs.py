"""The OpenAPI document and the page that shows it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET
from drf_spectacular.renderers import OpenApiJsonRenderer2
from drf_spectacular.views import SpectacularAPIView
from rest_framework.request import Request


class SchemaView(SpectacularAPIView):
    """The OpenAPI document, as JSON."""

    renderer_classes = [OpenApiJsonRenderer2]

    def _get_filename(self, request: Request, version: str) -> str:
        return "linshu-api.json"  # the title is Chinese, a header is not


@require_GET
def docs(request: HttpRequest) -> HttpResponse:
    """The documentation page: Swagger UI from our own files, for offices without a network."""
    return render(request, "rest/docs.html")
