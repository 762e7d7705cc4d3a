"""Changing passwords: one's own, or another's as account manager; the last ones are remembered as hashes."""

from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from linshu.audit import services as audit
from linshu.errors import Invalid, Problem
from linshu.parameters.services import values_on
from linshu.people.models import PasswordRecord, User
from linshu.people.rules import passwords
from linshu.scope import Actor


def policy() -> passwords.Policy:
    """The rule in force today."""
    values = values_on(timezone.localdate())
    return passwords.Policy(
        values["PASSWORD_MIN_LENGTH"],
        values["PASSWORD_CLASSES"],
        values["PASSWORD_AGE_DAYS"],
        values["PASSWORD_HISTORY"],
    )


class PasswordRule:
    """The same rule as a Django validator: ``createsuperuser`` and ``changepassword`` obey it too."""

    def validate(self, password: str, user: Any = None) -> None:
        username = getattr(user, "username", "")
        found = passwords.problems(password, username=username, policy=policy())
        if found:
            raise ValidationError(found)

    def get_help_text(self) -> str:
        return policy().sentence


@transaction.atomic
def change_password(*, user: User, current: str, new: str, by: Actor, now: datetime) -> User:
    """One's own password: the current one is asked again; returns the account as saved."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.check_password(current):
        raise Invalid.field("current_password", "现在的口令不对，请重新输入。", rule="PASSWORD")
    _refuse_weak(user, new)
    set_password(user, new, must_change=False, now=now)
    audit.record("people.password_changed", by=by, subject=user, now=now)
    return user


def set_password(user: User, password: str, *, must_change: bool, now: datetime) -> None:
    """Store the password and remember it, in the caller's transaction."""
    user.set_password(password)
    user.must_change_password, user.password_changed_at = must_change, now
    user.save()
    PasswordRecord.objects.create(user=user, password=user.password, set_at=now)
    kept = user.passwords.values_list("pk", flat=True)[: policy().history]
    user.passwords.exclude(pk__in=list(kept)).delete()


@transaction.atomic
def demand_change_if_aged(*, user: User, now: datetime) -> None:
    """At log-in: a password past its age has to be changed before anything else."""
    if not user.must_change_password and passwords.is_aged(user.password_changed_at, now=now, policy=policy()):
        user.must_change_password = True
        user.save(update_fields=["must_change_password"])


def _refuse_weak(user: User, new: str) -> None:
    rule = policy()
    found = passwords.problems(new, username=user.username, policy=rule)
    if _was_used(user, new, rule.history):
        found.append(f"这个口令最近用过，请换一个与最近 {rule.history} 次都不同的。")
    if found:
        raise Invalid(" ".join(found), problems=[Problem("new_password", sentence, "PASSWORD") for sentence in found])


def _was_used(user: User, new: str, history: int) -> bool:
    remembered = list(user.passwords.values_list("password", flat=True)[:history])
    return any(check_password(new, old) for old in {user.password, *remembered})
