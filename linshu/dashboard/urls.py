"""Addresses of the dashboard."""

from django.urls import path

from linshu.dashboard.views import pages

app_name = "dashboard"
urlpatterns = [
    path("dashboard/", pages.board, name="board"),
    path("dashboard/findings/", pages.findings, name="findings"),
]
