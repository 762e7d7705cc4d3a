"""Seeding the demo, through the services that people use."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from linshu.demo.services.accounts import open_log_ins
from linshu.demo.services.bodies import seat_bodies
from linshu.demo.services.grids import draw_grids
from linshu.demo.services.posts import appoint_leaders, appoint_leads
from linshu.scope import SYSTEM
from members.services.importing import Outcome, import_roster
from organizations.models import Organization

ROSTER = Path(__file__).parents[1] / "data" / "linshu-roster.xlsx"


def seed_linshu(*, now: datetime) -> Outcome | None:
    """The county of the roster with all that a roster lacks, or nothing; None where organisations stand already."""
    with transaction.atomic():
        if Organization.objects.exists():
            return None
        outcome = import_roster(content=ROSTER.read_bytes(), by=SYSTEM, now=now)
        appoint_leaders(now=now)
        appoint_leads(now=now)
        seat_bodies(now=now)
        draw_grids(now=now)
        open_log_ins(now=now)
    return outcome
