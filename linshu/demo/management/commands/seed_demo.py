"""``manage.py seed_demo [--size linshu|county|city|province]``."""

from argparse import ArgumentParser
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from linshu.demo.rules.sizes import BULK, LINSHU
from linshu.demo.services import seed_linshu
from linshu.demo.services.bulk import SEED, seed_bulk
from linshu.demo.services.bulk.checking import run_checks
from linshu.errors import DomainError


class Command(BaseCommand):
    """Fills an empty database with fictional Linshu, where a second run changes nothing, or with a bigger fiction."""

    help = "向空数据库写入虚构的演示数据和演示账号。linshu 是临沭县，其余规模成批写入，写完核对全部数据。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--size", choices=[LINSHU, *BULK], default=LINSHU, help="演示数据的规模")
        parser.add_argument("--seed", type=int, default=SEED, help="随机数种子：同一个种子写出同样的人")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "正式环境不写入演示数据：演示账号的口令是公开的。需要演示的，请设置 DEMO=1 另用一个数据库。"
            )
        if options["size"] == LINSHU:
            self._linshu()
        else:
            self._bulk(options["size"], options["seed"])

    def _linshu(self) -> None:
        outcome = seed_linshu(now=timezone.now())
        if outcome is None:
            self.stdout.write("数据库里已有组织，没有写入演示数据。")
            return
        self.stdout.write(f"已写入演示数据：{outcome.organizations} 个组织、{outcome.members} 名党员。")

    def _bulk(self, size: str, seed: int) -> None:
        now, began = timezone.now(), monotonic()
        try:
            for sentence in seed_bulk(size=BULK[size], seed=seed, now=now):
                self.stdout.write(sentence)
            self.stdout.write(f"写入用时 {monotonic() - began:.0f} 秒，开始核对。")
            for sentence in run_checks(BULK[size], now=now):
                self.stdout.write(sentence)
        except DomainError as error:
            raise CommandError(error.message) from error
        self.stdout.write(f"全部核对通过，共用时 {monotonic() - began:.0f} 秒。")
