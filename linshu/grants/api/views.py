"""Who I am; roles; grants for the security administrator."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from linshu.grants.api import serializers
from linshu.grants.models import Grant
from linshu.grants.rules.roles import ROLES
from linshu.grants.services.grants import end_grant, give_grant
from linshu.people.models import User
from linshu.rest.views import ApiView, ScopedReadOnlyViewSet
from linshu.scope import Right
from organizations.models import Organization


class MeViewSet(ApiView, GenericViewSet[User]):
    """The caller himself."""

    queryset = User.objects.none()
    serializer_class = serializers.MeOutput

    @extend_schema(summary="我是谁、能办什么")
    def retrieve(self, request: Request) -> Response:
        return Response(self.told(request.user))


class RoleViewSet(ApiView, GenericViewSet[Any]):
    """The catalogue of roles, the same for everybody."""

    serializer_class = serializers.RoleOutput
    filter_backends = ()
    parameters = frozenset({"page", "page_size"})

    @extend_schema(summary="列出角色和权限", tags=["授权"])
    def list(self, request: Request) -> Response:
        return self.get_paginated_response(self.told(self.paginate_queryset(list(ROLES.values()))))


class GrantViewSet(ScopedReadOnlyViewSet):
    """Grants at the organisations where the caller gives roles."""

    queryset = Grant.objects.told()
    right = Right.GRANTS_MANAGE
    needs = {"*": [Right.GRANTS_MANAGE]}
    serializer_class = serializers.GrantOutput
    filterset_class = serializers.GrantFilters
    inputs = {"create": serializers.GrantInput, "end": serializers.GrantEndInput}
    outputs = {"end": None}

    @extend_schema(summary="授予角色")
    def create(self, request: Request) -> Response:
        return self.call(self._give)

    @extend_schema(summary="收回角色")
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:
        return self.call(end_grant, grant=self.get_object())

    def _give(self, *, user: int, organization: int, **arguments: Any) -> Grant:
        return give_grant(
            user=User.objects.grantable(self.actor).get_or_refuse(user),
            organization=Organization.objects.load(self.actor, self.right, pk=organization),
            **arguments,
        )
