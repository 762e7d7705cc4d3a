"""Addresses of the API below ``/api/v1/``; each app has its own in ``api/urls.py``."""

from django.urls import URLPattern, URLResolver, re_path

from linshu.rest.views import UnknownPath

urlpatterns: list[URLPattern | URLResolver] = [
    re_path("", UnknownPath.as_view()),  # last: whatever is left is 404 as JSON
]
