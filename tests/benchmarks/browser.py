"""A browser without a network: the WSGI application itself, with every middleware and none of the test client's."""

from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from linshu.people.models import User
from linshu.people.services.tokens import create_token
from linshu.scope import SYSTEM

CSRF = "a" * 32


def _application() -> Any:
    from linshu.wsgi import application

    return application


@dataclass
class Browser:
    """Logged in as ``username``: by a session, and with a token for the API."""

    username: str
    last: bytes = b""
    application: Any = field(default_factory=_application)

    @cached_property
    def user(self) -> User:
        return User.objects.get(username=self.username)

    @cached_property
    def session(self) -> SessionStore:
        store = SessionStore()
        store[SESSION_KEY] = str(self.user.pk)
        store[BACKEND_SESSION_KEY] = "linshu.people.services.credentials.PasswordAndCode"
        store[HASH_SESSION_KEY] = self.user.get_session_auth_hash()
        store.create()
        return store

    @cached_property
    def token(self) -> str:
        return create_token(user=self.user, label="测速", days=1, by=SYSTEM, now=timezone.now())[1]

    def get(self, path: str, **headers: str) -> float:
        """Milliseconds until the whole answer is there; anything but 200 raises."""
        return self._ask("GET", path, b"", 200, headers)

    def post(self, path: str, values: dict[str, str]) -> float:
        """The same for a form, which is answered by a redirect."""
        return self._ask("POST", path, urlencode(values).encode(), 302, {"HTTP_X_CSRFTOKEN": CSRF})

    def queries(self, path: str, **headers: str) -> int:
        """Statements of one request, after one that has warmed what is kept for a minute."""
        self.get(path, **headers)
        with CaptureQueriesContext(connection) as captured:
            self.get(path, **headers)
        return len(captured)

    def _ask(self, method: str, path: str, body: bytes, status: int, headers: dict[str, str]) -> float:
        environ = self._environ(method, path, body) | headers
        told: list[str] = []
        began = perf_counter()
        answer = self.application(environ, lambda line, fields: told.append(line))
        self.last = b"".join(answer)
        answer.close()
        took = (perf_counter() - began) * 1000
        if not told[0].startswith(str(status)):
            raise RuntimeError(f"{path}: {told[0]} {self.last[:500].decode(errors='replace')}")
        return took

    def _environ(self, method: str, path: str, body: bytes) -> dict[str, Any]:
        path, _, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "SCRIPT_NAME": "",
            "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1",
            "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.input": BytesIO(body), "wsgi.errors": BytesIO(),
            "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False,
            "CONTENT_LENGTH": str(len(body)), "CONTENT_TYPE": "application/x-www-form-urlencoded",
        }  # fmt: skip
        if "/api/" in path:
            return environ | {"HTTP_AUTHORIZATION": f"Token {self.token}", "HTTP_ACCEPT": "application/json"}
        cookies = f"{settings.SESSION_COOKIE_NAME}={self.session.session_key}; {settings.CSRF_COOKIE_NAME}={CSRF}"
        return environ | {"HTTP_COOKIE": cookies}
