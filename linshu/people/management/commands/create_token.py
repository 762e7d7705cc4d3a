"""``create_token USER [--days N]``: a key for an integrator, printed once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from linshu.errors import DomainError
from linshu.people.models import User
from linshu.people.services.tokens import create_token, default_days
from linshu.scope import SYSTEM


class Command(BaseCommand):
    help = "为账号建立接口令牌，密钥只在这里显示一次。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("user", help="用户名")
        parser.add_argument("--days", type=int, help="有效天数，默认按参数 TOKEN_DAYS")
        parser.add_argument("--label", default="命令行建立", help="给哪个系统用")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["user"]).first()
        if user is None:
            raise CommandError(f"没有用户名为 {options['user']} 的账号。")
        days = options["days"] or default_days()
        try:
            token, key = create_token(user=user, label=options["label"], days=days, by=SYSTEM, now=timezone.now())
        except DomainError as error:
            raise CommandError(error.message) from error
        expires = timezone.localtime(token.expires_at)
        self.stderr.write(f"令牌有效至 {expires:%Y年%m月%d日}，密钥只显示这一次：")
        self.stdout.write(key)
