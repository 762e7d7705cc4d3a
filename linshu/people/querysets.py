"""Reads of people, accounts and tokens."""

from datetime import datetime
from typing import Any, Self

from axes.models import AccessAttempt
from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.lookups import Contains

from linshu.errors import NotFound
from linshu.scope import Actor, Right, require


class Indexed(Contains):
    """``LIKE '%…%'`` everywhere, and beside it something an index of PostgreSQL can find."""

    def get_rhs_op(self, connection: Any, rhs: str) -> str:
        operator: str = connection.operators["contains"]
        return operator % rhs


@models.CharField.register_lookup
class Written(Indexed):
    """``name__written="华雪"``: contains the text. PostgreSQL looks its characters up in the index ``person_characters``.

    Trigrams would not do: they know no Chinese character in the C locale, and a name is shorter than three.
    """

    lookup_name = "written"

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, given = self.process_lhs(compiler, connection)
        like, text = super().as_sql(compiler, connection)
        return f"(string_to_array({column}, NULL) @> string_to_array(%s, NULL) AND {like})", [*given, self.rhs, *text]


@models.CharField.register_lookup
class Begin(Indexed):
    """``name_initials__begin="ch"``: one of the blank-separated readings begins with the letters.

    PostgreSQL looks them up in the index ``person_readings``.
    """

    lookup_name = "begin"

    def get_prep_lookup(self) -> str:
        return f" {self.rhs}"

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, given = self.process_lhs(compiler, connection)
        like, text = super().as_sql(compiler, connection)
        words = f"to_tsvector('simple', {column}) @@ to_tsquery('simple', %s)"
        return f"({words} AND {like})", [*given, f"{self.rhs.strip()}:*", *text]


class PersonQuerySet(models.QuerySet):
    """A person is read through a membership, seat or user in scope; there is no ``within`` here by design."""


class UserQuerySet(models.QuerySet):
    """Accounts hang on no organisation: whoever manages them sees them all."""

    def managed(self, actor: Actor) -> Self:
        """Every account for an account manager; 403 for anybody else."""
        require(actor, Right.ACCOUNTS_MANAGE)
        return self.all()

    def grantable(self, actor: Actor) -> Self:
        """Every account for who gives roles; 403 for anybody else."""
        require(actor, Right.GRANTS_MANAGE)
        return self.all()

    def administered(self, actor: Actor) -> Self:
        """Every account for who manages accounts or gives roles; 403 for anybody else."""
        if not actor.may(Right.ACCOUNTS_MANAGE):
            require(actor, Right.GRANTS_MANAGE)
        return self.all()

    def with_signs(self) -> Self:
        """With ``has_device`` (an authenticator is bound) and ``has_failures`` (failed log-ins are counted)."""
        devices = apps.get_model("people", "Authenticator").objects.filter(user=OuterRef("pk"), confirmed=True)
        failures = AccessAttempt.objects.filter(username=OuterRef("username"))
        return self.annotate(has_device=Exists(devices), has_failures=Exists(failures))

    def get_or_refuse(self, pk: int) -> Any:
        """The account, or the domain's not-found."""
        row = self.filter(pk=pk).first()
        if row is None:
            raise NotFound
        return row

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

    def of(self, user: Any) -> Self:
        """The user's own, newest first."""
        return self.filter(user=user).order_by("-created_at", "-pk")

    def usable(self, now: datetime) -> Self:
        """Neither revoked nor expired, and the account is active."""
        return self.filter(revoked_at=None, expires_at__gt=now, user__is_active=True)

    def unused_since(self, moment: datetime) -> Self:
        """Last used before the moment, or never."""
        return self.filter(Q(last_used_at=None) | Q(last_used_at__lte=moment))
