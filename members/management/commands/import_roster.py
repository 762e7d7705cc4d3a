"""``manage.py import_roster FILE [--dry-run] [--by USER]``."""

import gc
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from linshu.errors import DomainError
from linshu.grants.services import actor_of
from linshu.people.models import User
from linshu.scope import SYSTEM, Actor
from members.services.importing import Outcome, import_roster

MOST_LINES = 200


class Command(BaseCommand):
    """Fills the register from a roster: the whole file, or nothing."""

    help = "导入党组织和党员名册（.xlsx）。文件全部正确才写入；同一文件再导入一次，不会有变化。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="名册文件")
        parser.add_argument("--dry-run", action="store_true", help="只核对，不写入")
        parser.add_argument("--by", metavar="USER", help="以这个账号的权限导入，须有导入名册的权限；不写则由系统导入")

    def handle(self, *args: Any, file: Path, dry_run: bool, by: str | None, **options: Any) -> None:
        try:
            content = file.open("rb")
        except OSError as error:
            raise CommandError(f"打不开文件 {file}：{error.strerror}。请核对路径。") from error
        gc.freeze()  # as the workers do
        try:
            with content:
                outcome = import_roster(
                    content=content, name=file.name, dry_run=dry_run, by=_actor(by), now=timezone.now()
                )
        except DomainError as error:
            lines = [
                f"{problem.field} {_quoted(problem.value)}：{problem.message}（{problem.rule}）"
                for problem in error.problems
            ]
            raise CommandError("\n".join([error.message, *_first(lines)])) from error
        for line in _first([f"请核实：{warning}" for warning in outcome.warnings]):
            self.stdout.write(line)
        self.stdout.write(_sentence(outcome, dry_run=dry_run))


def _actor(username: str | None) -> Actor:
    if username is None:
        return SYSTEM
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise CommandError(f"没有账号 {username}，或账号已停用。")
    return actor_of(user, day=timezone.localdate())


def _first(lines: list[str]) -> list[str]:
    """As many as can be read."""
    return lines if len(lines) <= MOST_LINES else [*lines[:MOST_LINES], f"……另有 {len(lines) - MOST_LINES} 处。"]


def _quoted(value: str) -> str:
    return f"“{value}”" if value else "（空）"


def _sentence(outcome: Outcome, *, dry_run: bool) -> str:
    if not outcome.is_new:
        return f"无变化：{outcome.same_organizations} 个组织、{outcome.same_members} 名党员都已登记。"
    done = "核对无误，将新增" if dry_run else "已导入"
    same = (
        f"；另有 {outcome.same_organizations} 个组织、{outcome.same_members} 名党员已登记，无变化"
        if outcome.same_members or outcome.same_organizations
        else ""
    )
    changed = f"，{'将' if dry_run else ''}变更 {outcome.changed} 名党员" if outcome.changed else ""
    return f"{done} {outcome.organizations} 个组织、{outcome.members} 名党员{changed}{same}。"
