"""Addresses of accounts and tokens below ``/api/v1/``."""

from rest_framework.routers import SimpleRouter

from linshu.people.api.views import AccountViewSet, TokenViewSet

router = SimpleRouter()
router.register("accounts", AccountViewSet, basename="account")
router.register("tokens", TokenViewSet, basename="token")
urlpatterns = router.urls
