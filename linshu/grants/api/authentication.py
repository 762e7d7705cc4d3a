"""Who calls the API: the holder of a token, or a logged-in browser."""

from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from linshu.grants.services import actor_of
from linshu.people.models import User
from linshu.people.services.tokens import user_of


class TokenAuthentication(BaseAuthentication):
    """``Authorization: Token <key>``; the token acts with its user's grants and sets ``request.actor``.

    A logged-in browser is authenticated by DRF's SessionAuthentication; ``ActorMiddleware`` has set its actor already.
    """

    keyword = "Token"

    def authenticate(self, request: Request) -> tuple[User, str] | None:
        keyword, _, key = get_authorization_header(request).decode("latin-1").partition(" ")
        if keyword.lower() != self.keyword.lower():
            return None
        user = user_of(key=key.strip(), now=timezone.now())
        if user is None:
            raise AuthenticationFailed("令牌无效：可能写错、已到期或已撤销。请核对，或到“我的账号”重新建立。")
        # On the Django request, so that middleware and DRF's request (which falls back to it) see the same actor.
        request._request.actor = actor_of(user, day=timezone.localdate())  # type: ignore[attr-defined]
        return user, "token"

    def authenticate_header(self, request: Request) -> str:
        return self.keyword


class TokenScheme(OpenApiAuthenticationExtension):
    """How the OpenAPI document names it."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "写作 `Token <密钥>`；密钥在“我的账号”里建立，只显示一次。",
        }
