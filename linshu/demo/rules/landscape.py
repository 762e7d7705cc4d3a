"""The tree of a fictional county, planned as a whole: streets, communities, branches, 党小组, in the order of codes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from linshu.demo.rules.names import place_name
from linshu.demo.rules.sizes import Size
from members.rules.roster.names import short_name
from organizations.rules.kinds import Kind

COMMUNITIES_IN_HUNDRED = 8
COMMUNITIES_A_STREET = 12
GROUPS = 2  # of an area branch that has any
FEW, SMALLER, LARGER = 0.01, (0.3, 0.9), (0.8, 2.0)  # of the average
SPECIAL = (Kind.JOINT_BRANCH, Kind.PROJECT_BRANCH, Kind.MOBILE_BRANCH)
SINCE = {0: date(1996, 3, 1), 1: date(2001, 5, 10), 2: date(2004, 6, 1), 3: date(2006, 7, 1), 4: date(2012, 3, 1)}


@dataclass(frozen=True)
class Node:
    """A planned node; ``id`` is its primary key, parents before children."""

    id: int
    parent_id: int | None
    kind: Kind
    code: str
    name: str
    short_name: str
    established_on: date
    level: int


class Landscape:
    """Plans one county of a size; ``first_id`` is the key of its root."""

    def __init__(self, size: Size, number: int, first_id: int, random: Random) -> None:
        self.random, self.next_id = random, first_id
        self.prefix = "ZZ" if number == 1 else f"Z{number:02d}"
        self.nodes: list[Node] = []
        self._plan(size, "临沭县" if number == 1 else f"示范{number:02d}县")

    def _plan(self, size: Size, county: str) -> None:
        communities = size.organizations * COMMUNITIES_IN_HUNDRED // 100
        streets = -(-communities // COMMUNITIES_A_STREET)
        below = size.organizations - 1 - streets - communities
        root = self._add(None, Kind.COUNTY, f"{self.prefix}-0000", f"中共{county}委员会")
        for place in range(communities):
            street, position = divmod(place, COMMUNITIES_A_STREET)
            if position == 0:
                name = f"中共{place_name(street)}街道工作委员会"
                above = self._add(root, Kind.STREET, f"{self.prefix}-{street + 1:02d}00", name)
            share = below * (place + 1) // communities - below * place // communities
            self._community(above, f"{self.prefix}-{street + 1:02d}{position + 1:02d}", place_name(place), share, place)

    def _community(self, street: Node, code: str, name: str, share: int, place: int) -> None:
        """Every third community is a 总支 with area branches and 党小组."""
        if place % 3:
            node = self._add(street, Kind.COMMUNITY, code, f"{name}社区")
            for number in range(1, share + 1):
                kind = self.random.choice(SPECIAL) if self.random.random() < 0.06 else Kind.BRANCH
                self._add(node, kind, f"{code}-{number:02d}", f"中共{name}社区第{number}支部委员会")
            return
        node = self._add(street, Kind.GENERAL_BRANCH, code, f"中共{name}社区总支部委员会")
        full, rest = divmod(share, 1 + GROUPS)
        for number in range(1, full + rest + 1):
            own = f"{code}-{number:02d}"
            area = self._add(node, Kind.AREA_BRANCH, own, f"中共{name}社区第{number}片区支部委员会")
            for group in range(1, GROUPS + 1 if number <= full else 1):
                self._add(area, Kind.GROUP, f"{own}-{group}", f"{name}社区第{number}片区第{group}党小组")

    def _add(self, parent: Node | None, kind: Kind, code: str, name: str) -> Node:
        level = parent.level + 1 if parent else 0
        since = max(SINCE[level], parent.established_on if parent else SINCE[0])
        since += timedelta(days=self.random.randrange(0, 3000 if level > 2 else 300))
        short = short_name(name, kind, parent.name if parent else "")
        node = Node(self.next_id, parent.id if parent else None, kind, code, name, short, since, level)
        self.nodes.append(node)
        self.next_id += 1
        return node

    def of_kind(self, *kinds: Kind) -> list[Node]:
        """Nodes of the kinds, in order."""
        return [node for node in self.nodes if node.kind in kinds]

    def leaves(self) -> list[Node]:
        """Where members belong: 党小组, and branches without any."""
        parents = {node.parent_id for node in self.of_kind(Kind.GROUP)}
        return [node for node in self.nodes if node.level >= 3 and node.id not in parents]

    def shares(self, members: int) -> Iterator[tuple[Node, int]]:
        """How many members each leaf has: branches of a 社区 fewer than those of a 总支, a few hardly any."""
        leaves = self.leaves()
        weights = [self._weight(leaf) for leaf in leaves]
        total, given, reached = sum(weights), 0, 0.0
        for leaf, weight in zip(leaves, weights, strict=True):
            reached += weight
            upto = round(members * reached / total)
            yield leaf, upto - given
            given = upto

    def _weight(self, leaf: Node) -> float:
        if self.random.random() < FEW:
            return self.random.uniform(0.02, 0.1)
        return self.random.uniform(*(SMALLER if leaf.kind == Kind.BRANCH else LARGER))
