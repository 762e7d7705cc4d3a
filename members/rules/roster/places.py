"""Finding the branch and the 党小组 that a row names: by code, by full name, or by a short name that only one has."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from linshu.people.rules.names import HAN
from members.rules.roster import dialects
from members.rules.roster.names import short_name
from members.rules.roster.shape import Findings, Node, Row
from organizations.rules.kinds import BRANCHES, Kind

CODE, NAME, GROUP_CODE, GROUP = "所在党组织编码", "所在党组织", "党小组编码", "党小组"
PREFIX = re.compile(r"^(?:中共|中国共产党)")
SAME = ((re.compile(r"党?总支部?(?:委员会)?$"), "总支"), (re.compile(r"党?支部(?:委员会)?$"), "支部"))
UNKNOWN = "组织存在"  # the rule that a text breaks which names no branch, or several
OFFERED = 3
MOST_OFFERS = 500  # texts of one file for which the nearest names are looked up


def key(text: str) -> str:
    """What names have in common however they are written: 中共甲社区第一支部委员会 and 甲社区第1党支部 are one."""
    told = PREFIX.sub("", dialects.in_digits(dialects.bare(text)))
    for pattern, word in SAME:
        shorter = pattern.sub(word, told)
        if shorter != told:
            return shorter
    return told


class Places:
    """The organisations that a file may name, by code; ``chosen`` are codes for texts that name none, or several."""

    def __init__(self, nodes: Mapping[str, Node], chosen: Mapping[str, str] | None = None) -> None:
        self.nodes, self.chosen = nodes, chosen or {}
        self.codes = {code.upper(): code for code in nodes}
        self.full: dict[str, list[str]] = defaultdict(list)
        self.short: dict[str, list[str]] = defaultdict(list)
        self.groups: dict[str, list[str]] = defaultdict(list)
        for code, node in nodes.items():
            if node.kind == Kind.GROUP:
                self.groups[node.parent_code].append(code)
            elif node.kind in BRANCHES:
                self.full[key(node.name)].append(code)
                self.short[self._short(node)].append(code)
        self.offers: dict[str, str] = {}
        self.called: set[tuple[str, str]] = set()

    def _short(self, node: Node) -> str:
        parent = self.nodes.get(node.parent_code)
        return key(short_name(node.name, node.kind, parent.name if parent else "")) if node.kind else key(node.name)

    def _is_called(self, code: str, name: str) -> bool:
        """Is the branch of the code called so? The rows of a branch say the same again and again."""
        if (code, name) in self.called:
            return True
        node = self.nodes[code]
        if key(name) not in (key(node.name), self._short(node)):
            return False
        self.called.add((code, name))
        return True

    def branch(self, row: Row, findings: Findings) -> str:
        """Code of the branch; empty, and a problem noted, where it cannot be told."""
        code, name = dialects.bare(row.get(CODE)), row.get(NAME)
        if dialects.is_nothing(code):
            return self._by_name(row, NAME if NAME in row.cells else CODE, name, findings)
        found = self.codes.get(code.upper())
        if found is None:
            return self._by_name(row, CODE, row.get(CODE), findings)
        node = self.nodes[found]
        if node.kind and node.kind not in BRANCHES:
            findings.refuse(
                row, CODE, "§1.1 党员编入支部", f"“{node.name}”不是党支部，党员只能编入党支部。", self._instead(found)
            )
        elif not dialects.is_nothing(name) and not self._is_called(found, name):
            findings.refuse(row, NAME, "名称与编码一致", f"编码对应的是“{node.name}”。", "请核对编码和名称。")
        return found

    def _instead(self, code: str) -> str:
        node = self.nodes[code]
        if node.kind == Kind.GROUP:
            return f"请把支部填为 {node.parent_code}，党小组填在“{GROUP_CODE}”列。"
        below = [each for each, other in self.nodes.items() if other.parent_code == code and other.kind in BRANCHES]
        return f"请填支部：{self._listed(below)}。" if below else "请填支部的编码。"

    def _by_name(self, row: Row, column: str, text: str, findings: Findings) -> str:
        if dialects.is_nothing(dialects.clean(text)):
            findings.refuse(row, column, "必填", "没有写党员在哪个支部。", "请填支部的编码或全称。")
            return ""
        found = self._named(text)
        if len(found) == 1:
            return found[0]
        if self.chosen.get(text) in self.nodes:
            return self.chosen[text]
        if found:
            message = f"有 {len(found)} 个支部都可以叫这个名字。"
            findings.refuse(row, column, UNKNOWN, message, f"请填编码或全称：{self._listed(found)}。")
        else:
            findings.refuse(row, column, UNKNOWN, "文件里和您管理的范围内都没有这个组织。", self._nearest(text))
        return ""

    def _named(self, text: str) -> list[str]:
        """Branches of this full name, else of this short one; an office may write the code for the name."""
        word, code = key(text), self.codes.get(dialects.bare(text).upper())
        if code and self.nodes[code].kind in BRANCHES:
            return [code]
        return self.full.get(word) or self.short.get(word) or []

    def group(self, row: Row, branch: str, findings: Findings) -> str:
        """Code of the 党小组 in the branch; empty where none is named or it cannot be told."""
        column = GROUP_CODE if not dialects.is_nothing(dialects.bare(row.get(GROUP_CODE))) else GROUP
        text = row.get(column)
        if dialects.is_nothing(dialects.clean(text)):
            return ""
        code = self.codes.get(dialects.bare(text).upper())
        node = self.nodes.get(code) if code else None
        if code and node and node.kind in (Kind.GROUP, None):
            if branch and node.parent_code != branch:
                findings.refuse(
                    row, column, "§1.1 党小组属于支部", "这个党小组不属于所在的支部。", self._groups_of(branch)
                )
            return code
        return self._group_by_name(row, column, text, branch, findings)

    def _group_by_name(self, row: Row, column: str, text: str, branch: str, findings: Findings) -> str:
        word = key(text)
        found = [
            code for code in self.groups[branch] if word in (key(self.nodes[code].name), self._short(self.nodes[code]))
        ]
        if len(found) == 1:
            return found[0]
        if branch:
            findings.refuse(row, column, "党小组存在", "所在支部里没有这个党小组。", self._groups_of(branch))
        return ""

    def _groups_of(self, branch: str) -> str:
        groups = self.groups[branch]
        return f"这个支部的党小组有：{self._listed(groups)}。" if groups else "这个支部没有党小组，请清空这一格。"

    def _nearest(self, text: str) -> str:
        """Organisations of nearly this code or name, in a sentence."""
        if text not in self.offers:
            if len(self.offers) >= MOST_OFFERS:
                return "请核对编码。"
            self.offers[text] = self._look_up(text)
        return self.offers[text]

    def _look_up(self, text: str) -> str:
        found = self._near(text)
        return f"是不是：{self._listed(found)}？" if found else "请核对编码，或先在组织线里设立这个支部。"

    def candidates(self, text: str) -> list[str]:
        """Codes of the branches a text may mean: those of this name, else those nearest to it."""
        return self._named(text) or self._near(text)

    def _near(self, text: str) -> list[str]:
        if HAN.search(text):
            names = get_close_matches(key(text), [*self.full, *self.short], n=OFFERED, cutoff=0.6)
            found = [code for name in names for code in self.full.get(name) or self.short.get(name) or []]
        else:
            codes = [code for code, node in self.nodes.items() if node.kind in BRANCHES]
            found = get_close_matches(dialects.bare(text).upper(), codes, n=OFFERED, cutoff=0.7)
        return list(dict.fromkeys(found))

    def _listed(self, codes: Iterable[str]) -> str:
        return "、".join(f"{code} {self.nodes[code].name}" for code in list(codes)[: OFFERED * 2])
