"""Who leads: committees of branches and 总支, leaders of 党小组, leading branches of communities."""

from collections.abc import Iterator

from linshu.demo.rules.landscape import Landscape, Node
from linshu.demo.services.bulk.loading import load
from linshu.demo.services.bulk.maker import Maker
from linshu.demo.services.bulk.roll import Line, Roll
from organizations.models import LeadAppointment, Post
from organizations.rules.kinds import BRANCHES, Kind
from organizations.rules.posts import GROUP_LEADER

COMMITTEE = ("书记", "副书记", "组织委员", "宣传委员", "纪检委员")
COMMITTEE_FROM = 7  # full members; fewer have a 书记 only
VACANT, WITHOUT_COMMITTEE, WITHOUT_LEAD = 0.03, 0.03, 0.04
SINCE_YEARS = 5


def write_posts(maker: Maker, landscape: Landscape, roll: Roll) -> None:
    """Posts in office; a few 书记 and committees are lacking, so that the checks have something to find."""
    maker.wrote(load(_posts(maker, landscape, roll)), Post)
    maker.wrote(load(_leads(maker, landscape)), LeadAppointment)


def _posts(maker: Maker, landscape: Landscape, roll: Roll) -> Iterator[Post]:
    below = _below(landscape)
    for node in landscape.nodes:
        able = [line for leaf in below.get(node.id, ()) for line in roll.get(leaf, ()) if line.may_lead]
        titles = _titles(maker, node, len(able))
        for title, line in zip(titles, maker.random.sample(able, min(len(titles), len(able))), strict=False):
            yield _post(maker, node, title, line)


def _titles(maker: Maker, node: Node, able: int) -> tuple[str, ...]:
    if node.kind == Kind.GROUP:
        return (GROUP_LEADER,)
    if node.kind == Kind.GENERAL_BRANCH:
        return COMMITTEE
    if node.kind not in BRANCHES or maker.random.random() < VACANT:
        return ()
    return COMMITTEE if able >= COMMITTEE_FROM and maker.random.random() >= WITHOUT_COMMITTEE else COMMITTEE[:1]


def _below(landscape: Landscape) -> dict[int, list[int]]:
    """Leaves under each node from the 总支 down."""
    nodes = {node.id: node for node in landscape.nodes}
    found: dict[int, list[int]] = {}
    for leaf in landscape.leaves():
        above: Node | None = leaf
        while above is not None and above.level > 1:
            found.setdefault(above.id, []).append(leaf.id)
            above = nodes.get(above.parent_id or 0)
    return found


def _post(maker: Maker, node: Node, title: str, line: Line) -> Post:
    assert line.admitted.full_on is not None  # noqa: S101 - who may lead is full
    first = max(
        line.admitted.full_on, node.established_on, maker.today.replace(year=maker.today.year - SINCE_YEARS, day=1)
    )
    return Post(
        pk=maker.key(Post),
        organization_id=node.id,
        person_id=line.id,
        title=title,
        valid_from=maker.day(first, maker.today),
    )


def _leads(maker: Maker, landscape: Landscape) -> Iterator[LeadAppointment]:
    first = {node.parent_id: node for node in reversed(landscape.of_kind(Kind.BRANCH))}
    for number, node in enumerate(landscape.of_kind(Kind.COMMUNITY), start=1):
        if node.id in first and maker.random.random() >= WITHOUT_LEAD:
            branch = first[node.id]
            since = maker.day(branch.established_on, maker.today)
            yield LeadAppointment(
                pk=maker.key(LeadAppointment), organization_id=node.id, branch_id=branch.id,
                document_no=f"街党发〔{since.year}〕{number}号", valid_from=since,
            )  # fmt: skip
