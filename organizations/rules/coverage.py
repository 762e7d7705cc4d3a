"""网格: size and coverage (rule book 1.1). Whatever a grid lacks of what every grid must have is a gap."""

from collections.abc import Collection, Iterable, Mapping


def gaps(grid_ids: Iterable[int], covered: Mapping[str, Collection[int]]) -> dict[int, list[str]]:
    """Names of what each grid lacks; ``covered`` tells by name which grids have it. Complete grids are left out."""
    missing = {grid: [name for name, have in covered.items() if grid not in have] for grid in grid_ids}
    return {grid: names for grid, names in missing.items() if names}


def size_problem(households: int, least: int, most: int) -> str:
    """Sentence for a grid outside the usual number of households, empty inside."""
    if least <= households <= most:
        return ""
    return f"{households} 户，一般应为 {least} 至 {most} 户。"
