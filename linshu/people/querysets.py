"""Reads of people, accounts and tokens."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q


class PersonQuerySet(models.QuerySet):
    """A person is read through a membership, seat or user in scope; there is no ``within`` here by design."""


class UserQuerySet(models.QuerySet):
    """Accounts; whoever manages them sees them all, for an account hangs on no organisation."""

    def matching(self, text: str) -> Self:
        """Accounts whose user name or full name contains the text."""
        return self.filter(Q(username__icontains=text) | Q(full_name__icontains=text)) if text else self

    def in_state(self, state: str) -> Self:
        """``active``, ``disabled`` or ``must_change``; anything else is all."""
        wanted = {
            "active": Q(is_active=True),
            "disabled": Q(is_active=False),
            "must_change": Q(is_active=True, must_change_password=True),
        }
        return self.filter(wanted.get(state, Q()))


class TokenQuerySet(models.QuerySet):
    """Keys of integrators."""

    def usable(self, now: datetime) -> Self:
        """Neither revoked nor expired, and the account is active."""
        return self.filter(revoked_at=None, expires_at__gt=now, user__is_active=True)

    def unused_since(self, moment: datetime) -> Self:
        """Last used before the moment, or never."""
        return self.filter(Q(last_used_at=None) | Q(last_used_at__lte=moment))
