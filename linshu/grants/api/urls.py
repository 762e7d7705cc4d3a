"""Addresses of grants, roles and the caller himself below ``/api/v1/``."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from linshu.grants.api.views import GrantViewSet, MeViewSet, RoleViewSet

router = SimpleRouter()
router.register("grants", GrantViewSet, basename="grant")
router.register("roles", RoleViewSet, basename="role")
urlpatterns = [path("me/", MeViewSet.as_view({"get": "retrieve"}), name="me"), *router.urls]
