"""Memberships follow what happens to the tree."""

from typing import Any

from django.dispatch import receiver

from members.services.carrying import rehome
from organizations.models import Organization
from organizations.signals import county_changed


@receiver(county_changed)
def follow(sender: Any, organization: Organization, **kwargs: Any) -> None:
    rehome(organization)
