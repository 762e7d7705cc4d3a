"""Addresses of the API below ``/api/v1/``; each app has its own in ``api/urls.py``."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from linshu.rest.docs import SchemaView, docs
from linshu.rest.views import UnknownPath

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("linshu.home.api.urls")),
    path("", include("linshu.dashboard.api.urls")),
    path("", include("linshu.people.api.urls")),
    path("", include("linshu.grants.api.urls")),
    path("", include("linshu.jobs.api.urls")),
    path("", include("linshu.audit.api.urls")),
    path("", include("linshu.workdays.api.urls")),
    path("", include("linshu.parameters.api.urls")),
    path("schema/", SchemaView.as_view(), name="schema"),
    path("docs/", docs, name="docs"),
    path("", include("organizations.api.urls")),
    path("", include("members.api.urls")),
    path("", include("linshu.statistics.api.urls")),
    re_path("", UnknownPath.as_view()),  # last: whatever is left is 404 as JSON
]
