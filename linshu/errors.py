"""Errors of the domain. Each carries a code and parameters; pages and the API map them in one place each.

``message`` is a full Chinese sentence: what happened, why, what to do.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from linshu.words import spoken


@dataclass(frozen=True)
class Problem:
    """One thing wrong with the input: which field, which value, which rule."""

    field: str
    message: str
    rule: str = ""
    value: str = ""


class DomainError(Exception):
    """Base of everything the domain refuses."""

    code = "error"

    def __init__(self, message: str, *, code: str = "", problems: Sequence[Problem] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.code
        self.problems = tuple(problems)


class NotFound(DomainError):
    """Outside the reader's scope, or not there: the two are told alike (404)."""

    code = "not_found"

    def __init__(
        self, message: str = "没有找到这条记录。可能已被撤销，或不在您的管理范围内。", *, code: str = ""
    ) -> None:
        super().__init__(message, code=code)


class NotPermitted(DomainError):
    """In scope, without the right (403)."""

    code = "not_permitted"

    def __init__(
        self, message: str = "您的角色没有办理这件事的权限。需要办理的，请联系上级或安全管理员。", *, code: str = ""
    ) -> None:
        super().__init__(message, code=code)


class Refusal(DomainError):
    """A rule says no, in a sentence for people: days read 2026年11月24日."""

    def __init__(self, message: str, *, code: str = "", problems: Sequence[Problem] = ()) -> None:
        told = [replace(problem, message=spoken(problem.message)) for problem in problems]
        super().__init__(spoken(message), code=code, problems=told)


class Conflict(Refusal):
    """The state of the record does not allow it, or somebody else was faster (409)."""

    code = "conflict"


class Invalid(Refusal):
    """The input breaks a rule (422); ``problems`` names field, value and rule."""

    code = "invalid"

    @classmethod
    def field(cls, field: str, message: str, *, rule: str = "", value: object = "") -> "Invalid":
        """An error of a single field."""
        return cls(message, problems=[Problem(field, message, rule, str(value))])
