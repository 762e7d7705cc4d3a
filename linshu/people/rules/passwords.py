"""Passwords (rule book 11): length, classes of characters, age, and none of those used last."""

import secrets
import string
from dataclasses import dataclass
from datetime import datetime, timedelta

CLASSES = {
    "大写字母": string.ascii_uppercase,
    "小写字母": string.ascii_lowercase,
    "数字": string.digits,
}
UNMISTAKABLE = "ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghijkmnpqrstuvwxyz", "23456789"  # no O/0, I/l/1: read out, typed off


@dataclass(frozen=True)
class Policy:
    """The numbers in force: characters, classes, days, passwords remembered."""

    min_length: int
    classes: int
    age_days: int
    history: int

    @property
    def sentence(self) -> str:
        """The rule for whoever has to make one up."""
        return (
            f"至少 {self.min_length} 个字符，大写字母、小写字母、数字、其他符号四类里至少有 {self.classes} 类，"
            f"不含用户名，不与最近 {self.history} 次用过的相同。"
        )


def classes_of(password: str) -> int:
    """How many of upper case, lower case, digits and everything else occur (0 to 4)."""
    known = "".join(CLASSES.values())
    return sum(any(char in letters for char in password) for letters in CLASSES.values()) + any(
        char not in known for char in password
    )


def problems(password: str, *, username: str, policy: Policy) -> list[str]:
    """What is wrong with the password, each as a sentence; empty when it will do."""
    found = []
    if len(password) < policy.min_length:
        found.append(f"口令只有 {len(password)} 个字符，至少要 {policy.min_length} 个。")
    if classes_of(password) < policy.classes:
        found.append(f"口令只用了 {classes_of(password)} 类字符，大写、小写、数字、符号里至少要 {policy.classes} 类。")
    if username and username.lower() in password.lower():
        found.append("口令里不能有用户名。")
    return found


def is_aged(changed_at: datetime | None, *, now: datetime, policy: Policy) -> bool:
    """Is it time for a new password? One whose day of change is unknown is."""
    return changed_at is None or now - changed_at >= timedelta(days=policy.age_days)


def first_password(policy: Policy) -> str:
    """A random password of three classes that can be read out without mistakes."""
    length = max(policy.min_length, 12)
    letters = [secrets.choice(group) for group in UNMISTAKABLE]
    letters += [secrets.choice("".join(UNMISTAKABLE)) for _ in range(length - len(letters) - 1)]
    secrets.SystemRandom().shuffle(letters)
    middle = len(letters) // 2
    return "".join([*letters[:middle], "-", *letters[middle:]])
