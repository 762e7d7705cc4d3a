"""Addresses of the dashboard."""

from django.urls import path

from linshu.dashboard.views import downloads, pages

app_name = "dashboard"
urlpatterns = [
    path("dashboard/", pages.board, name="board"),
    path("dashboard/export/", downloads.board, name="export"),
    path("dashboard/findings/", pages.findings, name="findings"),
    path("dashboard/findings/export/", downloads.found, name="export-findings"),
]
