"""Reads of the event log."""

from datetime import date, datetime
from typing import Any, Never, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, Model, OuterRef

from linshu.audit.rules.periods import bounds
from linshu.scope import Actor, Right, Scope, require


class FixedQuerySet(models.QuerySet):
    """Rows that are inserted once."""

    def update(self, **kwargs: Any) -> Never:
        raise TypeError("audit rows are never changed")

    def delete(self) -> Never:
        raise TypeError("audit rows are never deleted")


class EventQuerySet(FixedQuerySet):
    """Filters of the audit page and of the history of a record."""

    def readable(self, actor: Actor) -> Self:
        """The auditor reads all of it; nobody else any."""
        require(actor, Right.AUDIT_READ)
        return self

    def below(self, organization_id: int) -> Self:
        """Events that name an organisation of the subtree."""
        return self.filter(organization_id__in=Scope(frozenset({organization_id})).ids())

    def before(self, key: int | None) -> Self:
        """The next page of a list that runs from new to old: what is older than its last row."""
        return self.order_by("-pk").filter(**({"pk__lt": key} if key else {}))

    def about(self, *subjects: Model) -> Self:
        """The history of records of one kind, newest first; for pages whose own right covers the records."""
        keys = [str(subject.pk) for subject in subjects]
        kinds = {subject._meta.label_lower for subject in subjects}
        return self.filter(subject_type__in=kinds, subject_id__in=keys).order_by("-pk")

    def between(self, first: date | None, last: date | None) -> Self:
        """Events of the local days from ``first`` to ``last``, both included; None leaves the side open."""
        start, end = bounds(first, last)
        found = self.filter(at__gte=start) if start else self
        return found.filter(at__lt=end) if end else found

    def done(self, type_: str, *, by: Actor, on: date) -> Self:
        """What the actor did of that kind on a local day; for daily limits."""
        return self.filter(type=type_, actor_id=by.user_id).between(on, on)

    def failed_log_ins(self, username: str, *, since: datetime) -> Self:
        """Log-ins under the name, as the log shows it, that were tried and failed."""
        return self.filter(type="people.log_in_failed", subject_label=username, at__gt=since, data__refused=False)

    def logged_in_from(self, address: str, *, since: datetime) -> Self:
        """Log-ins from the address."""
        return self.filter(type="people.logged_in", at__gt=since, data__address=address)

    def unsealed(self) -> Self:
        """Events without a seal."""
        seals = apps.get_model("audit", "Seal").objects.filter(event_uuid=OuterRef("uuid"))
        return self.filter(~Exists(seals))
