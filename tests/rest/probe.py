"""An API as an app would write it, over organisations: the conventions are proven on it."""

from django.urls import include, path, re_path
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import SimpleRouter

from linshu.errors import Conflict
from linshu.rest.filters import Filters
from linshu.rest.serializers import Input, Output
from linshu.rest.views import ScopedReadOnlyViewSet, UnknownPath
from linshu.scope import Right, require
from organizations.models import Organization


class NodeFilters(Filters):
    class Meta:
        model = Organization
        fields = ["kind", "established_on"]


class RenameInput(Input):
    name = serializers.CharField(max_length=20)


class NodeOutput(Output):
    class Meta:
        model = Organization
        fields = ["id", "name", "kind", "allowed_actions"]

    def actions_of(self, actor, row):
        return ["rename"] if actor.may(Right.ORGANIZATIONS_EDIT, row.pk) else []


class SecretOutput(serializers.Serializer):
    secret = serializers.CharField()


def rename(*, organization, name, by, now):
    """A service: refuses, writes, returns."""
    require(by, Right.ORGANIZATIONS_EDIT, organization.pk)
    if organization.name == name:
        raise Conflict("已经是这个名称。")
    organization.name = name
    organization.save(update_fields=["name"])
    return organization


class NodeViewSet(ScopedReadOnlyViewSet):
    queryset = Organization.objects.all()
    right = Right.ORGANIZATIONS_READ
    serializer_class = NodeOutput
    filterset_class = NodeFilters
    dated = True
    inputs = {"rename": RenameInput}
    outputs = {"secret": SecretOutput}

    def list(self, request: Request) -> Response:
        answer = super().list(request)
        answer["As-Of"] = f"{self.as_of}"
        return answer

    @action(detail=True, methods=["post"], name="更名")
    def rename(self, request: Request, pk: str) -> Response:
        return self.call(rename, organization=self.get_object())

    @action(detail=True, methods=["post"], name="生成密钥")
    def secret(self, request: Request, pk: str) -> Response:
        return self.call(lambda *, by, now: {"secret": "只说一次"}, secret=True)


router = SimpleRouter()
router.register("nodes", NodeViewSet)
api = [*router.urls, re_path("", UnknownPath.as_view())]
urlpatterns = [path("", include("linshu.urls")), path("probe/", include(api))]
urlpatterns.reverse()  # the probe before the rest
