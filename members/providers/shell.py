"""What members give the frame: a navigation entry, the roll on the page of a node, the search box."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from linshu.figures.registry import Look
from linshu.people.rules import id_number
from linshu.scope import Actor, Right
from linshu.web.registry import Entry, Hit, Panel, SearchProvider, register_entry, register_panel, register_search
from members.forms import RegisterFilter
from members.models import Membership
from members.providers.figures import export_url, register_url
from organizations.models import Organization
from organizations.providers import readings
from organizations.rules.kinds import COMMUNITIES, KINDS, Kind

PANEL_ROWS = 10


def register_shell() -> None:
    """Fill the registries of the frame."""
    register_entry(Entry("grid", "党员名册", "members:list", Right.MEMBERS_READ, order=20))
    register_entry(
        Entry(
            "grid",
            "变更核准",
            "members:changes",
            Right.MEMBERS_APPROVE,
            order=22,
            badge_url_name="members:changes-count",
        )
    )
    register_entry(Entry("grid", "报送的变更", "members:changes-mine", Right.MEMBERS_PROPOSE, order=23))
    register_panel(Panel("members", "members/panel.html", Right.MEMBERS_READ, panel, order=10))
    register_search(SearchProvider("党员", Right.MEMBERS_READ, find))


def panel(actor: Actor, organization: Organization, look: Look) -> dict[str, Any] | None:
    """The first of the roll of a node on the day of the page; None where the reader has no register there."""
    if not actor.may(Right.MEMBERS_READ, organization.pk):
        return None
    day, today = look.day, timezone.localdate()
    scope = actor.scope(Right.MEMBERS_READ)
    rows = Membership.objects.within(scope).below(organization.pk, day).on(day)
    kind = Kind(organization.kind)
    shown = rows.with_file(scope, today=today, day=day).lines(day)
    filters = {} if day == today else {"as_of": day.isoformat()}
    children = [node for node in look.once(readings.nodes).values() if node.parent_id == organization.pk]
    return {
        "form": RegisterFilter(initial={"organization": organization.pk}, branches=children, prefix=""),
        "rows": list(shown.order_by("organization", "pinyin_key")[:PANEL_ROWS]),
        "count": rows.count(),
        "list_url": register_url(filters, organization.pk),
        "may_import": actor.may(Right.MEMBERS_IMPORT, organization.pk),
        "export_url": export_url(filters, organization.pk) if actor.may(Right.MEMBERS_EXPORT, organization.pk) else "",
        "new_url": _new_url(actor, organization, day, today),
        "communities": not (kind in COMMUNITIES or KINDS[kind].holds_members),
    }


def _new_url(actor: Actor, organization: Organization, day: date, today: date) -> str:
    """Where a member is registered here; empty on past days, where no branch stands below, and without the right."""
    places = organization.is_open and day == today and actor.may(Right.MEMBERS_EDIT, organization.pk)
    return f"{reverse('members:new')}?organization={organization.pk}" if places else ""


def find(actor: Actor, text: str, limit: int) -> Iterable[Hit]:
    """Members by name, initials or phone tail; numbers are searched on the page of the register only."""
    if id_number.resembles(text):
        return []
    scope = actor.scope(Right.MEMBERS_READ)
    today = timezone.localdate()
    rows = (
        Membership.objects.within(scope).on(today).with_file(scope, today=today, day=today).matching(text).with_names()
    )
    return [
        Hit(
            row.person.name,
            f"{row.get_category_display()}，{row.branch.name}",
            reverse("members:detail", args=[row.pk]),
        )
        for row in rows.order_by("pinyin_key")[:limit]
    ]
