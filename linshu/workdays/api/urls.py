"""Addresses of the working calendar below ``/api/v1/``."""

from rest_framework.routers import SimpleRouter

from linshu.workdays.api.views import CalendarViewSet

router = SimpleRouter()
router.register("calendar", CalendarViewSet, basename="calendar-day")
urlpatterns = router.urls
