"""Addresses of the dashboard below ``/api/v1/``."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from linshu.dashboard.api.views import DashboardView, FindingViewSet

router = SimpleRouter()
router.register("dashboard/findings", FindingViewSet, basename="finding")
urlpatterns = [path("dashboard/", DashboardView.as_view(), name="dashboard"), *router.urls]
