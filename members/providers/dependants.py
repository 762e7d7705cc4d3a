"""What organisations ask when nodes are restructured: who hangs there, and carrying them along."""

from collections.abc import Collection
from datetime import date

from members.models import Membership
from members.services.carrying import carry
from organizations.registry import Blocker, Carried, Dependants, register_dependants


def blockers(node_ids: Collection[int], on: date) -> list[Blocker]:
    """A node with members on the day is not closed: they must belong somewhere (never in none)."""
    counts = Membership.objects.filter(organization_id__in=node_ids, valid_to__gt=on).counted()
    return [
        Blocker(node_id, f"还有 {count} 名党员编在这里，请先合并到别的组织，或调整他们的党小组。")
        for node_id, count in counts.items()
    ]


def preview(node_ids: Collection[int], on: date) -> list[Carried]:
    """Members on the nodes on the day, by name; the key is the membership."""
    rows = Membership.objects.filter(organization_id__in=node_ids).on(on).with_names().order_by("pinyin_key")
    return [
        Carried(row.organization_id, str(row.pk), row.person.name, full=bool(row.full_on and row.full_on <= on))
        for row in rows
    ]


def register_carry() -> None:
    """Tell organisations."""
    register_dependants(Dependants("members", "名党员", blockers, preview, carry))
