"""Import and export of the whole register, each in a process of its own; the import into an empty database."""

import os
from collections.abc import Iterator
from dataclasses import replace

from tests.benchmarks.databases import fresh, scratch, told_by
from tests.benchmarks.machine import slowness
from tests.benchmarks.table import Load

LEAST = 1000.0  # rows a second of an import
FLAT = 1.1  # times the memory at a fifth of the rows


def loads(members: int, *, absolute: bool) -> Iterator[Load]:
    """Export and import of what the measured database holds."""
    before = slowness()
    for load in _round(os.environ | {}, members, least=LEAST if absolute else None):
        yield replace(load, slowness=(before + slowness()) / 2)


def memory(before: list[Load]) -> Iterator[Load]:
    """The same with five times the rows, in a city: memory must not follow them."""
    with fresh("linshu_city") as city:
        told_by("seeding", "city", environment=city)
        most = [load.megabytes * FLAT for load in before]
        for load, limit in zip(_round(city, 300_000, least=None), most, strict=True):
            yield replace(load, most_megabytes=limit)


def _round(environment: dict[str, str], members: int, *, least: float | None) -> Iterator[Load]:
    with scratch() as folder:
        roster = str(folder / "roster.xlsx")
        bare = told_by("loads", "bare", roster, environment=environment)
        out = told_by("loads", "export", roster, environment=environment)
        yield _load("导出", members, out, None, None)
        with fresh("linshu_import") as empty:
            back = told_by("loads", "import", roster, environment=empty)
        yield _load("导入", members, back, least, bare["rows"] / bare["seconds"])


def _load(name: str, members: int, told: dict[str, float], least: float | None, bare: float | None) -> Load:
    assert told["rows"] == members, f"{name}: {told['rows']} of {members}"
    share = told["rows"] / told["seconds"] / bare if bare else None
    return Load(f"{name} {members:,} 行", int(told["rows"]), told["seconds"], told["megabytes"], least, None, share)
