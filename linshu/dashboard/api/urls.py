"""Addresses of the dashboard below ``/api/v1/``."""

from django.urls import path

from linshu.dashboard.api.views import DashboardView

urlpatterns = [path("dashboard/", DashboardView.as_view(), name="dashboard")]
