"""Accounts for their administrators; one's own tokens for everybody."""

from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from linshu.errors import NotFound
from linshu.people.api import serializers
from linshu.people.models import ApiToken, User
from linshu.people.querysets import UserQuerySet
from linshu.people.services import accounts, tokens
from linshu.rest.views import ApiView
from linshu.scope import Right


class AccountViewSet(ApiView, ListModelMixin, GenericViewSet[User]):
    """Accounts: read by who manages them or gives roles; each verb asks for its own right."""

    queryset = User.objects.none()
    serializer_class = serializers.AccountOutput
    filterset_class = serializers.AccountFilters
    lookup_value_regex = "[0-9]+"
    needs = {"*": [Right.ACCOUNTS_MANAGE], "link": [Right.GRANTS_MANAGE]}
    inputs = {
        "create": serializers.AccountInput,
        "link": serializers.LinkInput,
        **dict.fromkeys(
            ("disable", "enable", "reset_password", "reset_second_factor", "unlock"), serializers.ReasonInput
        ),
    }
    outputs = {"create": serializers.FirstPasswordOutput, "reset_password": serializers.FirstPasswordOutput}

    def get_queryset(self) -> UserQuerySet:
        if getattr(self, "swagger_fake_view", False):  # the schema generator has no actor
            return User.objects.none()
        return User.objects.administered(self.actor).with_signs().order_by("username")

    def get_object(self) -> User:
        row: User = self.get_queryset().get_or_refuse(int(self.kwargs["pk"]))
        return row

    def known_parameters(self) -> set[str]:
        filters = {"q", "state", "page", "page_size"} if self.action == "list" else set()
        return super().known_parameters() | filters

    @extend_schema(summary="查看一个账号")
    def retrieve(self, request: Request, pk: str) -> Response:
        return Response(self.told(self.get_object()))

    @extend_schema(summary="建立账号")
    def create(self, request: Request) -> Response:
        return self.call(self._create, secret=True)

    @extend_schema(summary="停用账号")
    @action(detail=True, methods=["post"])
    def disable(self, request: Request, pk: str) -> Response:
        return self._run(accounts.disable_account)

    @extend_schema(summary="启用账号")
    @action(detail=True, methods=["post"])
    def enable(self, request: Request, pk: str) -> Response:
        return self._run(accounts.enable_account)

    @extend_schema(summary="重置口令")
    @action(detail=True, methods=["post"])
    def reset_password(self, request: Request, pk: str) -> Response:
        return self._run(accounts.reset_password, secret=True)

    @extend_schema(summary="解除验证器")
    @action(detail=True, methods=["post"])
    def reset_second_factor(self, request: Request, pk: str) -> Response:
        return self._run(accounts.reset_second_factor)

    @extend_schema(summary="解除登录锁定")
    @action(detail=True, methods=["post"])
    def unlock(self, request: Request, pk: str) -> Response:
        return self._run(accounts.unlock_account)

    @extend_schema(summary="把账号对应到人员")
    @action(detail=True, methods=["post"])
    def link(self, request: Request, pk: str) -> Response:
        return self._run(accounts.link_person)

    def _run(self, service: Callable[..., Any], *, secret: bool = False) -> Response:
        account = self.get_object()

        def run(**arguments: Any) -> User:
            result = service(account=account, **arguments)
            return self._again(account.pk, result if secret else "")

        return self.call(run, secret=secret)

    def _create(self, **arguments: Any) -> User:
        account, password = accounts.create_account(**arguments)
        return self._again(account.pk, password)

    def _again(self, pk: int, first_password: str) -> User:
        row: User = self.get_queryset().get_or_refuse(pk)
        row.first_password = first_password  # type: ignore[attr-defined]
        return row


class TokenViewSet(ApiView, ListModelMixin, GenericViewSet[ApiToken]):
    """One's own tokens; somebody else's are not there."""

    queryset = ApiToken.objects.none()
    serializer_class = serializers.TokenOutput
    lookup_value_regex = "[0-9]+"
    parameters = frozenset({"page", "page_size"})
    inputs = {"create": serializers.TokenInput}
    outputs = {"create": serializers.NewTokenOutput}

    def get_queryset(self) -> Any:
        return ApiToken.objects.of(self.request.user.pk)

    @extend_schema(summary="建立本人的令牌")
    def create(self, request: Request) -> Response:
        return self.call(self._create, secret=True)

    @extend_schema(summary="撤销本人的令牌")
    @action(detail=True, methods=["post"])
    def revoke(self, request: Request, pk: str) -> Response:
        token = self.get_queryset().select_related("user").filter(pk=pk).first()
        if token is None:
            raise NotFound
        return self.call(self._revoke, token=token)

    def _create(self, **arguments: Any) -> ApiToken:
        token, key = tokens.create_token(user=self.request.user, **arguments)
        token.key = key  # type: ignore[attr-defined]
        return token

    def _revoke(self, *, token: ApiToken, **arguments: Any) -> ApiToken:
        tokens.revoke_token(token=token, **arguments)
        token.refresh_from_db()
        return token
