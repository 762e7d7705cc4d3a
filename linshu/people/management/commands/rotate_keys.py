"""``rotate_keys``: seal personal fields and files anew under the first of FIELD_KEYS."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from linshu.people.services.rotation import rotate_keys
from linshu.scope import SYSTEM


class Command(BaseCommand):
    help = "把证号、电话、住址和文件的密文换到 FIELD_KEYS 的第一个密钥下；可以在使用中运行，中断后再运行会接着做。"

    def handle(self, *args: Any, **options: Any) -> None:
        moved = {"人": 0}
        for unit, count in rotate_keys(by=SYSTEM, now=timezone.now()):
            moved[unit] = moved.get(unit, 0) + count
            self.stderr.write(f"已换 {moved[unit]} {unit}。")
        told = "、".join(f"{count} {unit}" for unit, count in moved.items())
        self.stdout.write(f"共换 {told}。没有剩下的，旧密钥可以从 FIELD_KEYS 中去掉。")
