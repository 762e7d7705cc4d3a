"""What verification finds: each way of tampering has its sentence; a clean log has none."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection

from linshu.audit import services
from linshu.audit.models import Event, Seal, Verification
from linshu.audit.services import sealing, verifying
from linshu.audit.tasks import verify as verify_task
from tests.audit.conftest import NOW

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def sealed(record):
    """Five sealed events."""
    events = record(5)
    services.seal(now=NOW, batch=2)
    return events


@pytest.fixture
def tamper(transactional_db):
    """Runs SQL as somebody who owns the database and has taken its triggers away would."""

    def run(statement: str, *values: object) -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET session_replication_role = replica")
            else:
                cursor.execute("DROP TRIGGER IF EXISTS audit_event_no_update")
                cursor.execute("DROP TRIGGER IF EXISTS audit_seal_no_update")
            cursor.execute(statement, values)
            if connection.vendor == "postgresql":
                cursor.execute("SET session_replication_role = origin")

    return run


def problems():
    return services.verify(now=LATER).problems


def test_a_whole_log_has_no_problems(sealed):
    assert problems() == ()
    assert services.verify(now=LATER).seals == 5


def test_a_log_read_in_many_chunks_has_no_problems(sealed, monkeypatch):
    monkeypatch.setattr(verifying, "CHUNK", 2)
    assert problems() == ()


def test_a_changed_event_is_named(tamper, sealed):
    tamper("UPDATE audit_event SET reason = 'x' WHERE id = %s", sealed[1].pk)
    (problem,) = problems()
    assert problem.startswith("改动：第 2 号事件（2026-11-24 09:00 tests.done 系统）")


def test_an_event_replaced_with_its_code_breaks_the_chain(tamper, sealed):
    forged = Event.objects.get(pk=sealed[1].pk)
    forged.reason = "x"
    tamper("UPDATE audit_event SET reason = 'x', mac = %s WHERE id = %s", services.mac_of(forged), forged.pk)
    (problem,) = problems()
    assert problem.startswith("断链：第 2 号封条")


def test_a_removed_event_is_named(tamper, sealed):
    tamper("DELETE FROM audit_event WHERE id = %s", sealed[2].pk)
    assert problems() == (f"删除：第 3 号封条对应的事件 {sealed[2].uuid} 不见了。",)


def test_an_event_removed_with_its_seal_leaves_a_gap(tamper, sealed):
    tamper("DELETE FROM audit_event WHERE id = %s", sealed[2].pk)
    tamper("DELETE FROM audit_seal WHERE seq = 3")
    assert problems() == ("缺口：封条第 3 至 3 号不见了。",)


def test_a_tail_cut_off_disagrees_with_the_head_file(tamper, sealed):
    tamper("DELETE FROM audit_event WHERE id > %s", sealed[2].pk)
    tamper("DELETE FROM audit_seal WHERE seq > 3")
    assert [problem[:32] for problem in problems()] == [
        "链头文件第 2 行记有第 4 号封条，库中没有：链的末尾被截断。",
        "链头文件第 3 行记有第 5 号封条，库中没有：链的末尾被截断。",
    ]


def test_a_rewritten_chain_disagrees_with_the_head_file(tamper, sealed):
    tamper("DELETE FROM audit_event WHERE id = %s", sealed[0].pk)
    tamper("DELETE FROM audit_seal WHERE seq > 0")
    sealing._seal_batch(LATER, 1000, True)  # whoever holds the key as well
    assert [problem[:9] for problem in problems()] == ["链头文件第 1 行", "链头文件第 2 行", "链头文件第 3 行"]


def test_a_head_file_that_was_edited_is_named(sealed, head_log):
    head_log.write_text("x\n" + head_log.read_text())
    assert problems() == ("链头文件第 1 行读不懂，文件被改动过。",)
    head_log.write_text(head_log.read_text() + "x\n")
    assert "链头文件第 5 行读不懂，文件被改动过。" in problems()


def test_a_head_file_that_is_gone_is_named(sealed, head_log):
    head_log.unlink()
    assert any("不见了" in problem for problem in services.verify(now=NOW).problems)


def test_heads_out_of_order_are_named(sealed, head_log):
    head_log.write_text("".join(reversed(head_log.read_text().splitlines(keepends=True))))
    assert len(problems()) == 2


def test_an_inserted_event_is_named_at_once(sealed):
    forged = Event(uuid="0" * 32, at=NOW, type="tests.done", actor_name="系统", data={}, mac="0" * 64)
    forged.save()
    (problem,) = services.verify(now=NOW).problems
    assert problem.startswith("插入：事件 00000000-0000-0000-0000-000000000000")


def test_an_event_not_sealed_in_time_is_named(record, settings):
    record(1)
    assert services.verify(now=NOW + settings.AUDIT_SEAL_WITHIN).ok
    (problem,) = services.verify(now=NOW + settings.AUDIT_SEAL_WITHIN + timedelta(seconds=1)).problems
    assert problem.startswith("未封存：事件")


def test_the_verdict_is_kept_with_its_first_problems(tamper, sealed, monkeypatch):
    monkeypatch.setattr(verifying, "KEPT", 1)
    tamper("UPDATE audit_event SET reason = 'x'")
    services.verify(now=LATER)
    kept = Verification.objects.get()
    assert (kept.seals, kept.events, kept.found, len(kept.problems)) == (5, 5, 5, 1)


def test_the_commands_seal_and_tell(record, capsys):
    record(2)
    call_command("seal_audit")
    call_command("verify_audit")
    assert capsys.readouterr().out == ("已封存 2 条审计事件。\n审计日志完好：2 条事件，2 个封条，与链头文件一致。\n")


def test_the_command_fails_and_lists_what_it_found(tamper, sealed, capsys):
    tamper("UPDATE audit_event SET reason = 'x' WHERE id = %s", sealed[1].pk)
    with pytest.raises(SystemExit) as ended:
        call_command("verify_audit")
    assert ended.value.code == 1
    assert "改动：第 2 号事件" in capsys.readouterr().err


def test_the_nightly_task_seals_and_verifies(record):
    record(1)
    verify_task()
    assert Seal.objects.count() == 1
    assert Verification.objects.get().found == 0
