"""Pages and answers, each in turn with its floor, so that both meet the same noise of the machine."""

import gc
import json
from collections.abc import Iterator
from urllib.parse import urlencode

from tests.benchmarks.browser import Browser
from tests.benchmarks.lines import Line, Turn, lines
from tests.benchmarks.machine import slowness
from tests.benchmarks.table import REST, Reading, Times

READER = "county_viewer"
WARM, ROUNDS = 4, 40


def query_counts(browser: Browser) -> dict[str, int]:
    """Statements of each line."""
    counts = {}
    for line in lines():
        _prepare(browser, line)
        counts[line.code] = browser.queries(line.turns[0].address, **line.headers)
    return counts


def readings(browser: Browser, small: dict[str, int], *, absolute: bool, only: set[str]) -> Iterator[Reading]:
    """Each line measured; ``absolute``: at the size the limits are given for."""
    counts = query_counts(browser)
    for line in lines():
        if only and line.code not in only:
            continue
        _prepare(browser, line)
        before = slowness()
        measured, floor = _rounds(browser, line)
        yield Reading(
            line.name, line.kind, Times(measured), Times(floor), line.limit if absolute else None,
            counts[line.code], small[line.code], line.most_queries, (before + slowness()) / 2,
        )  # fmt: skip


def _prepare(browser: Browser, line: Line) -> None:
    if line.form:
        browser.post("/members/search/", line.form)


def _rounds(browser: Browser, line: Line) -> tuple[list[float], list[float]]:
    measured, floor = [], []
    gc.collect()
    for number in range(WARM + ROUNDS):
        turn = line.turns[number % len(line.turns)]
        took, at_least = browser.get(turn.address, **line.headers), browser.get(_floor_of(line, turn))
        if number >= WARM:
            measured.append(took)
            floor.append(at_least)
    return measured, floor


def _floor_of(line: Line, turn: Turn) -> str:
    place = "/api/floor" if line.kind == REST else "/floor/page" if line.shell else "/floor/fragment"
    return f"{place}/{line.code}/?{urlencode({'given': json.dumps(turn.given)})}"
