"""``manage.py seed_demo [--size linshu]``."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from linshu.demo.services import seed_linshu


class Command(BaseCommand):
    """Fills an empty database with fictional Linshu; a second run changes nothing."""

    help = "向空数据库写入虚构的临沭县演示数据和演示账号。数据库里已有组织时不做任何改动。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--size", choices=["linshu"], default="linshu", help="演示数据的规模")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "正式环境不写入演示数据：演示账号的口令是公开的。需要演示的，请设置 DEMO=1 另用一个数据库。"
            )
        outcome = seed_linshu(now=timezone.now())
        if outcome is None:
            self.stdout.write("数据库里已有组织，没有写入演示数据。")
            return
        self.stdout.write(f"已写入演示数据：{outcome.organizations} 个组织、{outcome.members} 名党员。")
