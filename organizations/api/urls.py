"""Addresses of organisations and of what hangs on them below ``/api/v1/``."""

from rest_framework.routers import SimpleRouter

from organizations.api.bodies import BodyViewSet, SeatViewSet
from organizations.api.grids import GridViewSet
from organizations.api.posts import LeadViewSet, PostViewSet, TermViewSet

router = SimpleRouter()
router.register("posts", PostViewSet, basename="post")
router.register("terms", TermViewSet, basename="term")
router.register("leads", LeadViewSet, basename="lead")
router.register("bodies", BodyViewSet, basename="body")
router.register("seats", SeatViewSet, basename="seat")
router.register("grids", GridViewSet, basename="grid")
urlpatterns = router.urls
