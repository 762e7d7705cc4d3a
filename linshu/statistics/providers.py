"""What annual statistics give the others: events and a navigation entry; and what lists they lead to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from linshu.audit import registry
from linshu.figures.registry import figures, on_day
from linshu.scope import Actor, Right
from linshu.statistics.rules.numbers import Numbers, Section, sections
from linshu.web.registry import Entry, register_entry

MARK = 987_654_321_987  # stands for the organisation while an address is made
PLACE = "{id}"
GONE = "后来离开的党员名册上只留姓名、日期和类别，这样筛选的名单里没有他们，可能比封存的数字短"
NO_LIST = "这是一年里的变化，名册按某一天列人，没有对应的名单；逐人看党员页的变更记录"


class Listed(NamedTuple):
    """The list behind a column: its address with ``{id}`` for the organisation, empty where there is none; and what is
    to be known of it, or why there is none."""

    url: str = ""
    note: str = ""

    def at(self, organization_id: int) -> str:
        """The list of one organisation."""
        return self.url.replace(PLACE, str(organization_id))


def lists(numbers: Numbers, actor: Actor) -> dict[str, Listed]:
    """By code of the column, as of the day that was counted; of what the reader may not see there is no list."""
    day, known = date.fromisoformat(numbers["day"]), {each.code: each for each in figures() if actor.may(each.right)}
    found = {}
    for code in (column["code"] for column in numbers["columns"]):
        each = known.get(code)
        if each is None:
            found[code] = Listed(note=NO_LIST)
        else:
            url = on_day(each.list_url(MARK), day).replace(str(MARK), PLACE)
            found[code] = Listed(url, GONE if each.filed else "")
    return found


@dataclass(frozen=True)
class Table:
    """A section with the list behind every number: ``rows`` are a name and its numbers with their addresses."""

    title: str
    columns: Sequence[str]
    rows: Sequence[tuple[str, Sequence[tuple[int, str]]]]
    note: str


def tables(numbers: Numbers, actor: Actor) -> list[Table]:
    """Every section of the numbers."""
    found = lists(numbers, actor)
    return [_table(section, found) for section in sections(numbers)]


def _table(section: Section, found: dict[str, Listed]) -> Table:
    behind = [found[code] for code, _ in section.columns]
    rows = [
        (name, [(value, each.at(pk)) for value, each in zip(values, behind, strict=True)])
        for pk, name, values in section.rows
    ]
    said: dict[str, list[str]] = {}
    for (_, name), each in zip(section.columns, behind, strict=True):
        said.setdefault(each.note, []).append(name)
    whole = len(said) == 1
    note = "；".join(note if whole else f"{'、'.join(names)}：{note}" for note, names in said.items() if note)
    return Table(section.title, [name for _, name in section.columns], rows, note and f"{note}。")


def _told(verb: str, data: dict[str, Any]) -> str:
    return f"{verb} {data['year']} 年度统计第 {data['version']} 版（指纹 {data['fingerprint']}）。"


def register() -> None:
    """Fill the registries, once, from ``AppConfig.ready()``."""
    registry.register("statistics.frozen", "封存年度统计", lambda data: _told("封存", data))
    registry.register("statistics.fetched", "下载年度统计", lambda data: _told("下载", data))
    register_entry(Entry("top", "年度统计", "statistics:list", Right.STATISTICS_READ, order=40))
