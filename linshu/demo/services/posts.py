"""Posts of the 总支 and of the 党小组; leading branches of the communities without a 总支."""

from datetime import datetime

from linshu.demo.rules.linshu import (
    GENERAL_DOCUMENT,
    GENERAL_POSTS,
    GROUP_LEADERS,
    LEADERS_SINCE,
    LEADS_SINCE,
    STREETS,
    TERM_OF_ZHENXING,
    WITHOUT_LEAD,
    ZHENXING,
)
from linshu.people.models import Person
from linshu.scope import SYSTEM, Scope
from members.models import Category, Membership
from organizations.models import Organization
from organizations.rules.kinds import BRANCHES, COMMUNITIES, Kind
from organizations.rules.posts import GROUP_LEADER
from organizations.services.leads import appoint_lead
from organizations.services.posts import appoint


def communities() -> list[Organization]:
    """The twelve, by code."""
    return list(Organization.objects.filter(kind__in=COMMUNITIES).order_by("code"))


def named_member(name: str, community: Organization) -> Person:
    """The member of that name below the community."""
    rows = Membership.objects.within(Scope(frozenset({community.pk}))).select_related("person")
    return rows.get(person__name=name).person


def document_no(community: Organization, year: int, number: int) -> str:
    """A document of the community's street."""
    return f"{STREETS[community.code[:5]]}发〔{year}〕{number}号"


def appoint_leaders(*, now: datetime) -> None:
    """The committee of the 总支, and a 组长 for each of its groups."""
    general = Organization.objects.get(code=ZHENXING)
    for title, name in GENERAL_POSTS:
        appoint(
            organization=general, person=named_member(name, general), title=title, on=TERM_OF_ZHENXING,
            document_no=GENERAL_DOCUMENT, by=SYSTEM, now=now,
        )  # fmt: skip
    for group in Organization.objects.filter(kind=Kind.GROUP).order_by("code"):
        members = Membership.objects.filter(organization=group, category=Category.FULL, is_mobile=False)
        plain = members.filter(person__posts__isnull=True).select_related("person").order_by("pinyin_key")
        named = group.code in GROUP_LEADERS
        leader = named_member(GROUP_LEADERS[group.code], general) if named else plain[0].person
        appoint(organization=group, person=leader, title=GROUP_LEADER, on=LEADERS_SINCE, by=SYSTEM, now=now)


def appoint_leads(*, now: datetime) -> None:
    """The first branch of a community leads, by a document of the street."""
    for number, community in enumerate(communities(), start=1):
        if community.code in WITHOUT_LEAD:
            continue
        branch = Organization.objects.filter(parent=community, kind__in=BRANCHES).order_by("code")[0]
        appoint_lead(
            community=community, branch=branch, document_no=document_no(community, LEADS_SINCE.year, number),
            on=LEADS_SINCE, by=SYSTEM, now=now,
        )  # fmt: skip
