"""Addresses of one's own jobs."""

from django.urls import path

from linshu.jobs.views import pages

app_name = "jobs"
urlpatterns = [
    path("jobs/", pages.jobs, name="list"),
    path("jobs/<int:pk>/", pages.job, name="detail"),
]
