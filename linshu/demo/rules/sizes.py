"""How large a demo may be."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """So many counties (trees), each of so many organisations and members on the register today."""

    code: str
    counties: int
    organizations: int
    members: int

    @property
    def all_organizations(self) -> int:
        return self.counties * self.organizations

    @property
    def all_members(self) -> int:
        return self.counties * self.members


# A city and a province are forests: every county keeps its own tree.
BULK: dict[str, Size] = {
    size.code: size
    for size in (
        Size("county", 1, 1_500, 60_000),
        Size("city", 4, 1_250, 75_000),
        Size("province", 40, 1_250, 25_000),
    )
}
LINSHU = "linshu"
