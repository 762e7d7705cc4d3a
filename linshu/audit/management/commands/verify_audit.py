"""Prove the audit log."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from linshu.audit import services


class Command(BaseCommand):
    help = "核验审计日志：逐条核对内容、封条、链头文件；有改动、删除、插入、缺口或逾期未封存的，逐条列出并以 1 退出。"

    def handle(self, *args: Any, **options: Any) -> None:
        verdict = services.verify(now=timezone.now())
        if verdict.ok:
            self.stdout.write(f"审计日志完好：{verdict.events} 条事件，{verdict.seals} 个封条，与链头文件一致。")
            return
        self.stderr.write(f"审计日志有 {len(verdict.problems)} 处问题，请保留现场并报告安全管理员：")
        for problem in verdict.problems:
            self.stderr.write(f"  {problem}")
        sys.exit(1)
