"""Proving the log: every event against its code, every seal against the chain, the chain against the heads outside."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.conf import settings
from django.utils import timezone

from linshu.audit.models import Event, Seal, Verification
from linshu.audit.rules.mac import GENESIS, seal_hash
from linshu.audit.services import heads
from linshu.audit.services.recording import mac_of

CHUNK = 1000
KEPT = 50  # problems stored with the verdict; the command prints all


@dataclass(frozen=True)
class Verdict:
    """What was read and what is wrong with it; ``problems`` are Chinese sentences."""

    seals: int
    events: int
    problems: tuple[str, ...]

    @property
    def ok(self) -> bool:
        return not self.problems


def verify(*, now: datetime) -> Verdict:
    """Read the whole log once, in constant memory but for the problems; the verdict is stored for the audit page."""
    heads_left = _Heads(heads.read())
    problems = list(_chain(heads_left))
    problems += heads_left.rest()
    if heads_left.is_missing and Seal.objects.exists():
        problems.append("链头文件不见了，或是空的：库有没有被重写过，无从核对。请用审计员留存的链头核对。")
    problems += _unsealed(now)
    verdict = Verdict(Seal.objects.count(), Event.objects.count(), tuple(problems))
    Verification.objects.create(
        at=now, seals=verdict.seals, events=verdict.events, found=len(problems), problems=problems[:KEPT]
    )
    return verdict


def _chain(heads_left: "_Heads") -> Iterator[str]:
    """Walk the seals in order: gaps, broken links, removed and changed events, heads that disagree."""
    seq, previous = 0, GENESIS
    for links in _chunks(Seal.objects.order_by("seq").iterator(CHUNK)):
        events = {event.uuid: event for event in Event.objects.filter(uuid__in=[link.event_uuid for link in links])}
        for link in links:
            event = events.get(link.event_uuid)
            whole = link.seq == seq + 1
            if not whole:
                yield f"缺口：封条第 {seq + 1} 至 {link.seq - 1} 号不见了。"
            yield from _link_problems(link, event, previous if whole else None)
            yield from heads_left.compare(link)
            seq, previous = link.seq, link.hash


def _link_problems(link: Seal, event: Event | None, previous: str | None) -> Iterator[str]:
    """``previous`` is None behind a gap: the link to what is missing cannot be proved."""
    if event is None:
        yield f"删除：第 {link.seq} 号封条对应的事件 {link.event_uuid} 不见了。"
        return
    if event.mac != mac_of(event):
        yield f"改动：第 {link.seq} 号事件（{_told(event)}）的内容与校验码不符。"
    if previous is None:
        return
    if link.hash != seal_hash(settings.AUDIT_KEY, link.seq, previous, str(link.event_uuid), event.mac):
        yield f"断链：第 {link.seq} 号封条（{_told(event)}）的链值不符，它或它的事件被替换过。"


def _unsealed(now: datetime) -> Iterator[str]:
    """Events without a seal: forged ones, and those the sealer should have reached by now."""
    overdue = now - settings.AUDIT_SEAL_WITHIN
    for event in Event.objects.unsealed().order_by("pk").iterator(CHUNK):
        if event.mac != mac_of(event):
            yield f"插入：事件 {event.uuid}（{_told(event)}）没有封存，校验码也不对，不是系统写入的。"
        elif event.at < overdue:
            yield f"未封存：事件 {event.uuid}（{_told(event)}）超过时限仍未封存，请检查封存任务是否在运行。"


class _Heads:
    """The file of heads, read beside the chain."""

    def __init__(self, lines: Iterable[heads.Head | int]) -> None:
        self.lines = iter(lines)
        self.next = next(self.lines, None)
        self.is_missing = self.next is None

    def compare(self, link: Seal) -> Iterator[str]:
        """Heads up to this seal: each names a seal that stands with the same hash."""
        while self.next is not None and (isinstance(self.next, int) or self.next.seq <= link.seq):
            head, self.next = self.next, next(self.lines, None)
            if isinstance(head, int):
                yield f"链头文件第 {head} 行读不懂，文件被改动过。"
            elif head.seq < link.seq:
                yield f"链头文件第 {head.line} 行记有第 {head.seq} 号封条，库中没有，或次序不对。"
            elif head.hash != link.hash:
                yield f"链头文件第 {head.line} 行与库中第 {head.seq} 号封条的链值不符，库被重写过。"

    def rest(self) -> Iterator[str]:
        """Heads beyond the last seal: the tail of the chain was cut off."""
        while self.next is not None:
            head, self.next = self.next, next(self.lines, None)
            if isinstance(head, int):
                yield f"链头文件第 {head} 行读不懂，文件被改动过。"
            else:
                yield f"链头文件第 {head.line} 行记有第 {head.seq} 号封条，库中没有：链的末尾被截断。"


def _told(event: Event) -> str:
    return f"{timezone.localtime(event.at):%Y-%m-%d %H:%M} {event.type} {event.actor_name}"


def _chunks(rows: Iterator[Seal]) -> Iterator[list[Seal]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk
