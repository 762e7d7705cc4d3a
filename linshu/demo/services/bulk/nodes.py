"""The planned tree as rows: organisations with their nesting, periods, terms."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from linshu.demo.rules.landscape import Landscape, Node
from linshu.demo.services.bulk.loading import load
from linshu.demo.services.bulk.maker import REASON, Maker
from linshu.parameters.services import values_on
from linshu.people.rules.pinyin import initials
from organizations.models import OPEN_END, Organization, OrganizationPeriod, Term
from organizations.rules import terms
from organizations.rules.kinds import BRANCHES, GroupKind, Kind
from organizations.rules.nesting import Numbers, nest

RENAMED, WITHOUT_TERM = 0.05, 0.02
TERMS_SINCE, TERMS_UNTIL = date(2021, 3, 1), date(2024, 12, 1)


def write_nodes(maker: Maker, landscape: Landscape, tree_id: int) -> None:
    """Nodes, their periods (some had another name before), their terms."""
    numbers = nest({node.id: node.parent_id for node in landscape.nodes})
    rows = (_organization(node, replace(numbers[node.id], tree_id=tree_id)) for node in landscape.nodes)
    maker.wrote(load(rows), Organization)
    maker.wrote(load(row for node in landscape.nodes for row in _periods(maker, node)), OrganizationPeriod)
    maker.wrote(load(_terms(maker, landscape)), Term)


def _organization(node: Node, place: Numbers) -> Organization:
    return Organization(
        pk=node.id, code=node.code, name=node.name, short_name=node.short_name, kind=node.kind.value,
        group_kind=_group_kind(node), parent_id=node.parent_id, name_initials=initials(node.short_name),
        established_on=node.established_on, tree_id=place.tree_id, lft=place.lft, rght=place.rght, level=place.level,
    )  # fmt: skip


def _group_kind(node: Node) -> str:
    return GroupKind.AREA.value if node.kind == Kind.GROUP else ""


def _periods(maker: Maker, node: Node) -> Iterator[OrganizationPeriod]:
    start, operation = node.established_on, "establish"
    if node.kind in BRANCHES and maker.random.random() < RENAMED:
        on = maker.day(start + timedelta(days=30), maker.today - timedelta(days=30))
        earlier = {"name": f"{node.name}（原）", "short_name": f"{node.short_name}（原）"}
        yield _period(maker, node, valid_from=start, valid_to=on, operation=operation, **earlier)
        start, operation = on, "rename"
    yield _period(maker, node, valid_from=start, valid_to=OPEN_END, operation=operation)


def _period(maker: Maker, node: Node, **values: object) -> OrganizationPeriod:
    told = {
        "organization_id": node.id, "parent_id": node.parent_id, "kind": node.kind.value,
        "group_kind": _group_kind(node), "name": node.name, "short_name": node.short_name, "reason": REASON,
    }  # fmt: skip
    return OrganizationPeriod(pk=maker.key(OrganizationPeriod), **(told | values))


def _terms(maker: Maker, landscape: Landscape) -> Iterator[Term]:
    """A term for who elects; a few have none registered, the oldest are over."""
    values = values_on(maker.today)
    for node in landscape.nodes:
        if node.kind not in terms.COMMUNITY_PARTY | terms.OTHER_BRANCHES or maker.random.random() < WITHOUT_TERM:
            continue
        years = int(values[terms.years_code(node.kind)])
        begun = max(maker.day(TERMS_SINCE, TERMS_UNTIL), node.established_on)
        yield Term(
            pk=maker.key(Term), organization_id=node.id, valid_from=begun, years=years, due_on=terms.due(begun, years)
        )
