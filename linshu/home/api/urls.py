"""Addresses of the first page and of the search below ``/api/v1/``."""

from rest_framework.routers import SimpleRouter

from linshu.home.api.figures import CheckViewSet, FigureViewSet
from linshu.home.api.views import SearchViewSet, TodoViewSet

router = SimpleRouter()
router.register("todos", TodoViewSet, basename="todo")
router.register("search", SearchViewSet, basename="search")
router.register("figures", FigureViewSet, basename="figure")
router.register("checks", CheckViewSet, basename="check")
urlpatterns = router.urls
