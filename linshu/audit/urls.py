"""Addresses of the audit log."""

from django.urls import path

from linshu.audit.views import pages

app_name = "audit"
urlpatterns = [
    path("audit/", pages.events, name="list"),
    path("audit/<int:event_id>/", pages.event, name="event"),
]
