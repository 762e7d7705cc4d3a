"""届期: how long a term lasts, how far it may be put off, when it is due (rule book 1.2)."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from linshu.errors import Invalid
from linshu.workdays.rules.calendar import add_months, add_years
from organizations.rules.kinds import KINDS, Kind

COMMUNITY_PARTY = frozenset({Kind.GENERAL_BRANCH, Kind.BRANCH, Kind.AREA_BRANCH})
COMMITTEES = frozenset({Kind.COUNTY, Kind.STREET})
OTHER_BRANCHES = frozenset({Kind.JOINT_BRANCH, Kind.PROJECT_BRANCH, Kind.MOBILE_BRANCH})
ELECTING = COMMUNITY_PARTY | COMMITTEES | OTHER_BRANCHES


def years_code(kind: Kind) -> str:
    """Parameter that holds the years of a term; Invalid for organisations without elections."""
    if kind in COMMUNITY_PARTY:
        return "TERM_YEARS_COMMUNITY"
    if kind in COMMITTEES:
        return "TERM_YEARS_PARTY_COMMITTEE"
    if kind in OTHER_BRANCHES:
        return "TERM_YEARS_OTHER"
    raise Invalid.field("organization", f"{KINDS[kind].label}不换届，不登记届期。", rule="临时党支部、党小组不换届")


def due(begun: date, years: int) -> date:
    """The day a term ends: the corresponding day, not rolled over days off."""
    return add_years(begun, years)


def check_extension(due_on: date, to: date, *, most_months: int) -> None:
    """A term is put off by at most so many months (TERM_EXTENSION_MAX_MONTHS)."""
    latest = add_months(due_on, most_months)
    if to <= due_on:
        raise Invalid.field("to", f"延期至 {to} 不晚于届满日 {due_on}，不需要延期。", rule="延期晚于届满日", value=to)
    if to > latest:
        raise Invalid.field(
            "to",
            f"延期最长 {most_months} 个月，最晚到 {latest}。请改为这一天或更早。",
            rule="延期或提前换届的上限",
            value=to,
        )


def check_early(due_on: date, on: date, *, document_no: str, most_months: int) -> None:
    """A new term begins at most so many months before the old one is due, and then with an approval."""
    if on >= due_on:
        return
    earliest = add_months(due_on, -most_months)
    if on < earliest:
        raise Invalid.field(
            "on",
            f"上届 {due_on} 届满，提前换届不超过 {most_months} 个月，最早 {earliest}。",
            rule="延期或提前换届的上限",
            value=on,
        )
    if not document_no:
        raise Invalid.field("document_no", "提前换届须经上级批准，请填批准的文号。", rule="提前换届须批准")


class TermState(StrEnum):
    """How a term stands on a day."""

    ENDED = "ended"
    ENDING = "ending"
    RUNNING = "running"


TERM_WORDS = {TermState.ENDED: "已届满", TermState.ENDING: "将届满", TermState.RUNNING: "任期内"}


def state_on(day: date, ends_on: date, warn: Sequence[int]) -> TermState:
    """ENDED from the day after the end; ENDING from the first of the warning days (TERM_WARN_DAYS_1, 2, 3) before."""
    if day > ends_on:
        return TermState.ENDED
    return TermState.ENDING if (ends_on - day).days <= max(warn) else TermState.RUNNING


def sentence_on(day: date, ends_on: date, warn: Sequence[int]) -> str:
    """How the term stands, in words, the day it ends aside; the step of the warning is named."""
    state = state_on(day, ends_on, warn)
    if state == TermState.ENDED:
        return "本届已届满，应及时换届。"
    if state == TermState.RUNNING:
        return "本届在任期内。"
    step = min(days for days in warn if (ends_on - day).days <= days)
    return f"本届 {step} 日内届满，应筹备换届。"
