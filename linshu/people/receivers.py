"""Log-ins, log-outs, failures and lock-outs become audit events."""

from typing import Any

from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from linshu.audit import services as audit
from linshu.people.models import User
from linshu.people.services.lockout import client_address, shown
from linshu.scope import RightlessActor


def acting(user: User) -> RightlessActor:
    """The account as the signer of its own log-in: what it may do plays no part."""
    return RightlessActor(str(user), user.pk, user.person_id)


@receiver(user_logged_in)
def logged_in(sender: Any, request: Any, user: User, **kwargs: Any) -> None:
    audit.record("people.logged_in", by=acting(user), subject=user, data={"address": client_address(request)})


@receiver(user_logged_out)
def logged_out(sender: Any, request: Any, user: User | None, **kwargs: Any) -> None:
    if user is not None:
        audit.record("people.logged_out", by=acting(user), subject=user)


@receiver(user_login_failed)
def log_in_failed(sender: Any, credentials: dict[str, Any], request: Any = None, **kwargs: Any) -> None:
    username = shown(str(credentials.get("username", "")))
    data = {
        "username": username,
        "address": client_address(request) if request else "",
        "refused": bool(getattr(request, "axes_locked_out", False)) and not _counted(request),
    }
    audit.record("people.log_in_failed", by=RightlessActor(), label=username, data=data)


@receiver(user_locked_out)
def locked(sender: Any, request: Any, username: str, ip_address: str | None, **kwargs: Any) -> None:
    if _counted(request):
        name = shown(username)
        data = {"username": name, "address": ip_address, "failures": request.axes_failures_since_start}
        audit.record("people.locked", by=RightlessActor(), label=name, data=data)


def _counted(request: Any) -> bool:
    """Did axes count this attempt? During a lock it refuses without counting: a failure, not a new lock."""
    return bool(getattr(request, "axes_failures_since_start", None))
