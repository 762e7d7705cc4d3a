"""Load the holidays of one or more years from a CSV table."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from linshu.errors import DomainError
from linshu.scope import SYSTEM
from linshu.workdays import services
from linshu.workdays.rules.table import decode


class Command(BaseCommand):
    help = "导入放假和补班安排：CSV 三列 date,is_workday,name；按年整体替换，有一处错误就全不写入。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="CSV 文件")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            text = decode(file.read_bytes())
            years = services.load_table(text=text, source=file.name, by=SYSTEM, now=timezone.now())
        except OSError as error:
            raise CommandError(f"读不到文件 {file}：{error.strerror}。请核对路径。") from error
        except DomainError as error:
            details = "\n".join(problem.message for problem in error.problems)
            raise CommandError(f"{error.message}\n{details}".strip()) from error
        self.stdout.write(f"已导入 {'、'.join(f'{year}年' for year in years)}的工作日历。")
