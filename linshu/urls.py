"""Addresses of the portal."""

from django.urls import URLPattern, URLResolver, include, path

from linshu.people.admin import site as operators

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("linshu.home.urls")),
    path("", include("linshu.dashboard.urls")),
    path("", include("linshu.people.urls")),
    path("", include("linshu.grants.urls")),
    path("", include("linshu.jobs.urls")),
    path("", include("organizations.urls")),
    path("", include("members.urls")),
    path("", include("linshu.statistics.urls")),
    path("admin/", operators.urls),
    path("", include("linshu.audit.urls")),
    path("", include("linshu.workdays.urls")),
    path("", include("linshu.parameters.urls")),
    path("api/v1/", include(("linshu.api_urls", "api"))),
]

handler400 = "linshu.web.views.bad_request"
handler403 = "linshu.web.views.forbidden"
handler404 = "linshu.web.views.not_found"
handler500 = "linshu.web.views.server_error"
