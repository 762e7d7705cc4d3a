"""Addresses of the register below ``/api/v1/``."""

from rest_framework.routers import SimpleRouter

from members.api.changes import ChangeViewSet
from members.api.exporting import ExportViewSet
from members.api.importing import ImportViewSet
from members.api.views import MembershipViewSet, MemberViewSet

router = SimpleRouter()
router.register("members", MemberViewSet, basename="member")
router.register("memberships", MembershipViewSet, basename="membership")
router.register("exports", ExportViewSet, basename="export")
router.register("changes", ChangeViewSet, basename="change")
router.register("imports", ImportViewSet, basename="import")
urlpatterns = router.urls
