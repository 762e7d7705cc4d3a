"""Compare today's tree with the periods it is derived from; ``--fix`` writes it anew."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from organizations.models import Organization
from organizations.tree import check, rebuild


class Command(BaseCommand):
    """Exit status 1 while anything differs."""

    help = "核对组织树：派生的索引与沿革是否一致，沿革本身每一天是否成立。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--fix", action="store_true", help="按沿革重写索引")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["fix"]:
            self.stdout.write(f"已按沿革重写索引，改正 {rebuild()} 处。")
        found = check()
        for difference in found:
            self.stderr.write(f"{difference.code}：{difference.sentence}")
        if found:
            self.stderr.write(f"共 {len(found)} 处不一致。索引的问题用 --fix 改正，沿革的问题在页面上用“更正”改正。")
            sys.exit(1)
        self.stdout.write(f"组织树完好：{Organization.objects.count()} 个组织与沿革一致。")
