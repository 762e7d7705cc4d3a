"""What hangs on nodes that end: rows that forbid it, rows that end with them, rows that go along to another node."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from linshu.audit import services as audit
from linshu.errors import Conflict, Problem
from linshu.scope import Actor
from organizations.models import OPEN_END, Body, Grid, LeadAppointment, Organization, Post, Term
from organizations.registry import Blocker, Carried, dependants
from organizations.services.leads import end_lead
from organizations.services.posts import relieve


@dataclass(frozen=True)
class Ending:
    """A node that ends on ``on``, and why; its posts, term and lead end with it."""

    node: Organization
    on: date
    reason: str
    by: Actor
    now: datetime


def blockers(node_ids: Collection[int], on: date) -> list[Blocker]:
    """Why the nodes cannot end on the day, own rows first; empty when they can."""
    found = [*_own_blockers(node_ids, on)]
    for each in dependants():
        found += each.blockers(node_ids, on)
    return found


def require_free_of_bodies(node_ids: Collection[int], on: date) -> None:
    """Conflict while bodies, grids or later posts hang on the nodes: asked of mergers, whose members go along."""
    _refuse([*_own_blockers(node_ids, on, merging=True)])


def require_unblocked(node_ids: Collection[int], on: date) -> None:
    """Conflict with every blocker as a problem."""
    _refuse(blockers(node_ids, on))


def _refuse(found: Sequence[Blocker]) -> None:
    if found:
        problems = [Problem("", each.sentence, "blocked", str(each.organization_id)) for each in found]
        raise Conflict(found[0].sentence, code="blocked", problems=problems)


def _own_blockers(node_ids: Collection[int], on: date, *, merging: bool = False) -> list[Blocker]:
    found = []
    for body in Body.objects.filter(organization__in=node_ids, valid_to__gt=on).select_related("organization"):
        sentence = f"{body.organization}还有{body.get_kind_display()}。请先撤销机构，再办理。"
        found.append(Blocker(body.organization_id, sentence))
    for grid in Grid.objects.filter(organization__in=node_ids, valid_to__gt=on).select_related("organization"):
        sentence = f"{grid.organization}还有 {grid.number} 号网格。请先撤销网格，再办理。"
        found.append(Blocker(grid.organization_id, sentence))
    covered = Grid.objects.none() if merging else Grid.objects.filter(party_organization__in=node_ids, valid_to__gt=on)
    for grid in covered.select_related("party_organization"):
        sentence = f"{grid} 的所属党组织是{grid.party_organization}。请先给网格改定所属支部或党小组。"
        found.append(Blocker(grid.party_organization_id or 0, sentence))
    late = Post.objects.filter(organization__in=node_ids, valid_to=OPEN_END, valid_from__gte=on)
    for post in late.select_related("organization", "person"):
        sentence = f"{post.person}自 {post.valid_from} 起任{post.organization}{post.title}，日期应晚于这一天。"
        found.append(Blocker(post.organization_id, sentence))
    begun = Term.objects.filter(organization__in=node_ids, valid_to=OPEN_END, valid_from__gte=on)
    for term in begun.select_related("organization"):
        sentence = f"{term.organization}的本届自 {term.valid_from} 起，日期应晚于这一天。"
        found.append(Blocker(term.organization_id, sentence))
    return found


def end_with(ending: Ending) -> str:
    """End posts, leads and term of the node; tells in words what ended."""
    words = []
    posts = Post.objects.filter(organization=ending.node, valid_to=OPEN_END)
    for post in posts:
        relieve(post=post, on=ending.on, reason=ending.reason, by=ending.by, now=ending.now)
    if posts_ended := len(posts):
        words.append(f"{posts_ended} 个职务自然终止")
    leads = LeadAppointment.objects.filter(branch=ending.node, valid_to=OPEN_END)
    leads |= LeadAppointment.objects.filter(organization=ending.node, valid_to=OPEN_END)
    for lead in leads:
        end_lead(lead=lead, on=ending.on, reason=ending.reason, by=ending.by, now=ending.now)
        words.append(f"{lead.branch}不再是{lead.organization}的牵头党组织")
    if Term.objects.filter(organization=ending.node, valid_to=OPEN_END, valid_from__lt=ending.on).update(
        valid_to=ending.on
    ):
        words.append("本届终止")
    return "，".join(words)


def preview(node_ids: Collection[int], on: date) -> list[Carried]:
    """Rows of every app that a merger or split of the nodes would carry."""
    return [row for each in dependants() for row in each.preview(node_ids, on)]


def carry(
    source_id: int, target_id: int, *, on: date, keys: Collection[str] | None = None, by: Actor, now: datetime
) -> str:
    """Carry rows of every app; tells in words how many went along."""
    counted = [
        (each.carry(source_id, target_id, on=on, keys=keys, by=by, now=now), each.label) for each in dependants()
    ]
    return "，".join(f"{count} {label}" for count, label in counted if count)


def hand_grids(source: Organization, target: Organization, *, by: Actor, now: datetime) -> None:
    """Grids covered by the source are covered by the target from now on."""
    grids = list(Grid.objects.filter(party_organization=source, valid_to=OPEN_END).select_related("organization"))
    entries = [
        audit.Entry(
            "organizations.grid_changed",
            subject=grid,
            organization_id=grid.organization_id,
            data={
                "organization": grid.organization.name,
                "number": grid.number,
                "changes": f"所属支部或党小组由“{source}”改为“{target}”",
            },
        )
        for grid in grids
    ]
    for grid in grids:
        grid.party_organization = target
    Grid.objects.bulk_update(grids, ["party_organization"])
    audit.record_many(entries, by=by, now=now)
