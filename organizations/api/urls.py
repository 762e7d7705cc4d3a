"""Addresses of organisations and of what hangs on them below ``/api/v1/``."""

from rest_framework.routers import SimpleRouter

from organizations.api.bodies import BodyViewSet, SeatViewSet
from organizations.api.grids import GridViewSet
from organizations.api.nodes import NodeViewSet, PeriodViewSet
from organizations.api.posts import LeadViewSet, PostViewSet, TermViewSet
from organizations.api.upgrades import UpgradeViewSet

router = SimpleRouter()
router.register("organizations", NodeViewSet, basename="organization")
router.register("periods", PeriodViewSet, basename="period")
router.register("upgrades", UpgradeViewSet, basename="upgrade")
router.register("posts", PostViewSet, basename="post")
router.register("terms", TermViewSet, basename="term")
router.register("leads", LeadViewSet, basename="lead")
router.register("bodies", BodyViewSet, basename="body")
router.register("seats", SeatViewSet, basename="seat")
router.register("grids", GridViewSet, basename="grid")
urlpatterns = router.urls
