"""Addresses of the annual statistics."""

from django.urls import path

from linshu.statistics.views import pages

app_name = "statistics"
urlpatterns = [
    path("statistics/", pages.years, name="list"),
    path("statistics/freeze/", pages.freeze, name="freeze"),
    path("statistics/<int:pk>/", pages.detail, name="detail"),
    path("statistics/<int:pk>/check/", pages.check, name="check"),
    path("statistics/<int:pk>/file/", pages.file, name="file"),
]
