"""Who somebody is, by user name, password and (where he has bound an authenticator) six-digit code."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django_otp import devices_for_user, verify_token

from linshu.people.models import User


class PasswordAndCode(ModelBackend):
    """A user with a confirmed authenticator needs its code too; a wrong code counts as a failed log-in."""

    def authenticate(
        self, request: Any, username: str | None = None, password: str | None = None, otp_token: str = "", **kwargs: Any
    ) -> User | None:
        user = super().authenticate(request, username=username, password=password, **kwargs)
        if not isinstance(user, User):
            return None
        device = next(devices_for_user(user), None)
        if device is None:
            return user
        verified = verify_token(user, device.persistent_id, otp_token)
        if verified is None:
            return None
        # django_otp marks the session as verified when it sees this at log-in.
        user.otp_device = verified  # type: ignore[attr-defined]
        return user
