"""``manage.py import_roster``: what it prints, and two of them at once."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from members.models import Membership
from tests.members.rosters import MAN, WOMAN, member, members, workbook

ROOT = Path(__file__).parents[2]


@pytest.fixture
def file(tmp_path):
    """``file(content)``: the path of a roster."""

    def write(content: bytes) -> str:
        path = tmp_path / "roster.xlsx"
        path.write_bytes(content)
        return str(path)

    return write


@pytest.mark.django_db
def test_it_says_what_it_did(file, capsys):
    path = file(workbook())
    call_command("import_roster", path, "--dry-run")
    assert "核对无误，将新增 7 个组织、3 名党员。" in capsys.readouterr().out
    call_command("import_roster", path)
    assert "已导入 7 个组织、3 名党员。" in capsys.readouterr().out
    call_command("import_roster", path)
    assert "无变化：7 个组织、3 名党员都已登记。" in capsys.readouterr().out


@pytest.mark.django_db
def test_it_names_row_column_value_and_rule_masked(file):
    people = [member(联系电话="123456789012"), member(MAN, 姓名="=A1", 性别="男", 党内职务="")]
    with pytest.raises(CommandError) as refused:
        call_command("import_roster", file(workbook(people=people)))
    told = str(refused.value)

    assert "什么都没有写入" in told
    assert "党员 第 2 行 联系电话 “123****9012”：有 12 位，手机号应为 11 位" in told
    assert "党员 第 3 行 姓名 “=A1”：单元格是公式" in told and "不得有公式" in told
    assert WOMAN not in told and not Membership.objects.exists()


@pytest.mark.django_db
def test_unknown_files_and_accounts(file, tmp_path):
    with pytest.raises(CommandError, match="打不开文件"):
        call_command("import_roster", str(tmp_path / "none.xlsx"))
    with pytest.raises(CommandError, match="没有账号"):
        call_command("import_roster", file(workbook()), "--by", "nobody")


@pytest.mark.django_db
def test_by_an_account_without_the_right(file, tree, user_with):
    user = user_with("branch_secretary", tree.branch)
    with pytest.raises(CommandError, match="没有办理这件事的权限"):
        call_command("import_roster", file(workbook(people=members())), "--by", user.username)


def manage(url: str, *arguments: str) -> subprocess.Popen:
    environment = os.environ | {"DATABASE_URL": url, "DEBUG": "1"}
    command = [sys.executable, "manage.py", *arguments]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=pipe, stderr=subprocess.STDOUT, text=True)  # noqa: S603


@pytest.fixture
def database(tmp_path, transactional_db):
    """A database that other processes reach: the test database on PostgreSQL, a file on SQLite; and its counts."""
    settings = connection.settings_dict
    if connection.vendor == "postgresql":
        host = f"?host={quote(settings['HOST'])}" if settings["HOST"].startswith("/") else ""
        place = "" if host else settings["HOST"]
        port = f":{settings['PORT']}" if settings["PORT"] else ""
        password = f":{quote(settings['PASSWORD'])}" if settings["PASSWORD"] else ""
        yield f"postgres://{quote(settings['USER'])}{password}@{place}{port}/{settings['NAME']}{host}", _count
        return
    path = tmp_path / "race.sqlite3"
    assert manage(f"sqlite:///{path}", "migrate", "-v0").communicate()[0] == ""
    connected = sqlite3.connect(path)
    yield f"sqlite:///{path}", lambda table: connected.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
    connected.close()


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
        return cursor.fetchone()[0]


def test_two_imports_at_once_leave_every_row_once(database, file):
    url, count = database
    path = file(workbook())
    running = [manage(url, "import_roster", path) for _ in range(2)]
    told = sorted(process.communicate(timeout=60)[0].strip() for process in running)

    assert told == ["已导入 7 个组织、3 名党员。", "无变化：7 个组织、3 名党员都已登记。"]
    assert [count(name) for name in ("organizations_organization", "people_person", "members_membership")] == [7, 3, 3]
