"""Addresses of the audit log below ``/api/v1/``."""

from rest_framework.routers import SimpleRouter

from linshu.audit.api.views import EventViewSet

router = SimpleRouter()
router.register("audit", EventViewSet, basename="event")
urlpatterns = router.urls
