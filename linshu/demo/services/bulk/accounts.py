"""The demo's log-ins on the first county of a big tree; who sees a county sees every county."""

from datetime import datetime

from linshu.demo.rules.linshu import LOG_INS, LogIn
from linshu.demo.services.accounts import grant_there, open_log_in
from linshu.people.models import Person
from members.models import Membership
from organizations.models import OPEN_END, Organization, Post, Seat
from organizations.rules.bodies import CHAIR, BodyKind
from organizations.rules.kinds import Kind
from organizations.rules.posts import GROUP_LEADER, SECRETARY

COUNTY_WIDE = ("county_admin", "county_viewer")
LEVELS = {
    "street_officer": Kind.STREET, "street_approver": Kind.STREET, "community_secretary": Kind.GENERAL_BRANCH,
    "community_officer": Kind.GENERAL_BRANCH, "branch_secretary": Kind.AREA_BRANCH, "group_leader": Kind.GROUP,
    "supervisor": Kind.GENERAL_BRANCH, "service_clerk": Kind.GENERAL_BRANCH, "member": Kind.AREA_BRANCH,
}  # fmt: skip
TITLES = {"community_secretary": SECRETARY, "branch_secretary": SECRETARY, "group_leader": GROUP_LEADER}


def open_accounts(*, now: datetime) -> None:
    """Open, link and grant along one path down the tree; the other roles stand at the county."""
    path = _path()
    counties = list(Organization.objects.filter(parent=None).order_by("code"))
    for log_in in LOG_INS:
        place = path.get(LEVELS.get(log_in.role, Kind.COUNTY)) or counties[0]
        user = open_log_in(log_in, place, _holder(log_in, place) if log_in.linked else None, now=now)
        for county in counties[1:] if log_in.role in COUNTY_WIDE else ():
            grant_there(user, log_in.role, county, now=now)


def _path() -> dict[Kind, Organization]:
    """One way down to a 党小组 where every office that a log-in stands for is filled."""
    filled = Organization.objects.filter(
        kind=Kind.GROUP,
        posts__title=GROUP_LEADER,
        parent__posts__title=SECRETARY,
        parent__parent__posts__title=SECRETARY,
        parent__parent__bodies__kind=BodyKind.SUPERVISION,
    )
    group = filled.order_by("code")[0]
    return {Kind(node.kind): node for node in group.get_ancestors(include_self=True)}


def _holder(log_in: LogIn, place: Organization) -> Person:
    """Who holds the office there; for the member, somebody of the branch without any."""
    if log_in.role in TITLES:
        return Post.objects.select_related("person").get(organization=place, title=TITLES[log_in.role]).person
    if log_in.role == "supervisor":
        seats = Seat.objects.filter(body__organization=place, body__kind=BodyKind.SUPERVISION, title=CHAIR)
        return seats.select_related("person").get().person
    plain = Membership.objects.filter(organization__parent=place, valid_to=OPEN_END, person__posts=None)
    return plain.select_related("person").order_by("pk")[0].person
