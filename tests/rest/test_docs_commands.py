"""The commands of docs/api.md do what they say."""

import re
import shlex
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from linshu.people.services.tokens import create_token
from linshu.scope import SYSTEM
from tests.factories import MembershipFactory

PAGE = Path(__file__).resolve().parents[2] / "docs" / "api.md"


def commands() -> list[str]:
    blocks = re.findall(r"```bash\n(.*?)```", PAGE.read_text(), re.DOTALL)
    return [line for block in blocks for line in block.replace("\\\n", " ").splitlines() if line.startswith("curl")]


def run(command: str, names: dict[str, str]):
    """What curl would send, sent by the test client."""
    for name, value in names.items():
        command = command.replace(f"${name}", value)
    words = shlex.split(command)[1:]
    headers, method, body, url = {}, "GET", None, ""
    while words:
        word = words.pop(0)
        if word == "-H":
            name, _, value = words.pop(0).partition(": ")
            headers[name] = value
        elif word == "-X":
            method = words.pop(0)
        elif word == "-d":
            body = words.pop(0)
        else:
            url = word
    return Client().generic(
        method, url, body or "", content_type=headers.pop("Content-Type", "application/json"), headers=headers
    )


@pytest.fixture
def names(tree, user_with) -> dict[str, str]:
    MembershipFactory(organization=tree.branch)
    now = timezone.now()
    _, key = create_token(user=user_with("street_officer", tree.street), label="测试", days=1, by=SYSTEM, now=now)
    return {"LINSHU": "", "TOKEN": key, "COMMUNITY": str(tree.community.pk), "BRANCH": str(tree.branch.pk)}


def test_there_are_commands():
    assert len(commands()) >= 6


@pytest.mark.parametrize("command", commands(), ids=lambda command: command.rsplit("/api/v1", 1)[-1].strip('"'))
def test_a_command_of_the_page_works(command, names):
    answer = run(command, names)

    assert answer.status_code in (200, 201), answer.content.decode()


def test_the_example_of_a_repetition_is_replayed(names):
    command = next(command for command in commands() if "Idempotency-Key" in command)

    first, again = run(command, names), run(command, names)

    assert again["Idempotent-Replayed"] == "true"
    assert first.json() == again.json()
