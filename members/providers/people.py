"""What members tell organisations: who is a member on a day, and who may be chosen for a post."""

from datetime import date

from django.db.models import Q

from members.models import Membership
from organizations import registry
from organizations.registry import Candidate, Ids, Standing


def standing(person_ids: Ids, day: date) -> dict[int, Standing]:
    """Membership of each person on the day; probationary until the day of becoming full."""
    rows = Membership.objects.filter(person_id__in=person_ids).on(day)
    return {
        person_id: Standing(organization_id, full_on if full_on and full_on <= day else None)
        for person_id, organization_id, full_on in rows.values_list("person_id", "organization_id", "full_on")
    }


def candidates(organization_id: int, day: date, text: str) -> list[Candidate]:
    """Members below the node whose name or initials begin with ``text``, by name."""
    rows = Membership.objects.below(organization_id, day).on(day).with_names().order_by("pinyin_key")
    if text:
        rows = rows.filter(Q(person__name__startswith=text) | Q(person__name_initials__contains=f" {text.lower()}"))
    return [
        Candidate(row.person_id, row.person.name, f"{row.organization.short_name}，{row.get_category_display()}")
        for row in rows
    ]


def register_people() -> None:
    """Fill the registries of organisations."""
    registry.register_standing(standing)
    registry.register_candidates(candidates)
