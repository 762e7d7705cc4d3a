"""Addresses of the annual statistics below ``/api/v1/``."""

from rest_framework.routers import SimpleRouter

from linshu.statistics.api.views import AnnualStatisticsViewSet

router = SimpleRouter()
router.register("statistics", AnnualStatisticsViewSet, basename="statistics")
urlpatterns = router.urls
