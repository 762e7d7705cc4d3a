"""Addresses of the rule numbers below ``/api/v1/``."""

from rest_framework.routers import SimpleRouter

from linshu.parameters.api.views import ParameterViewSet

router = SimpleRouter()
router.register("parameters", ParameterViewSet, basename="parameter")
urlpatterns = router.urls
