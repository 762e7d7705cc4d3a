"""What imports give the registries: the work of a worker, and the events of the log."""

from collections.abc import Callable
from typing import Any

from django.db import OperationalError
from django.utils import timezone

from linshu.audit import registry as audit
from linshu.errors import DomainError
from linshu.grants.services import actor_of
from linshu.jobs import registry as jobs
from linshu.jobs.models import Job
from linshu.scope import SYSTEM, Actor
from members.models import Import
from members.services import importing

BROKEN = "办理时出现系统错误，没有完成。请稍后再试；仍不成功的，请告知系统管理员。"


def _fetched(data: dict[str, Any]) -> str:
    which = f"有问题的 {data['problem']} 行" if data["only_problems"] else "全部行"
    # events of before other people's files were counted have no number
    counted = f"是别人上传的，计入每日导出上限 {data['counted']} 行。" if data.get("counted") else ""
    return f"下载名册“{data['file']}”的{which}和核对结果，含完整的个人信息。{counted}"


def register_importing() -> None:
    """Tell the workers what there is to do, and the audit log how to read what was done."""
    jobs.register(importing.READ, "核对名册", _run(importing.read))
    jobs.register(importing.WRITE, "写入名册", _run(importing.write))
    audit.register(
        "members.import_uploaded",
        "上传名册",
        lambda data: f"上传名册“{data['file']}”（指纹 {data['fingerprint']}）。",
    )
    audit.register("members.import_confirmed", "确认导入", _confirmed)
    audit.register("members.import_fetched", "下载导入核对结果", _fetched)
    audit.register("members.import_assigned", "指定支部", _assigned)
    audit.register(
        "members.import_settled",
        "不再处理没有写入的行",
        lambda data: f"名册“{data['file']}”没有写入的 {data['problem']} 行不再处理。",
    )
    audit.register("members.import_discarded", "放弃导入", lambda data: f"放弃导入名册“{data['file']}”。")
    audit.register(
        "members.import_failed", "导入没有写入", lambda data: f"名册“{data['file']}”没有写入：{data['sentence']}"
    )
    audit.register(
        "members.imports_forgotten",
        "删除到期的导入",
        lambda data: f"删除到期的导入文件和核对结果 {data['count']} 次，没有确认的随之放弃。",
    )
    audit.register("members.roster_imported", "导入名册", _imported)
    audit.register(
        "members.duplicate_met",
        "导入时遇到外单位党员",
        lambda data: f"名册中有 {data['count']} 人已在其他组织登记，未予导入。",
    )


def _run(step: Callable[..., Import]) -> jobs.Run:
    """A step of an import, done with the grants its user has now; the import tells why it was not done."""

    def run(job: Job, progress: jobs.Progress) -> str:
        record = Import.objects.get(pk=job.arguments["import"])
        now, by = timezone.now(), _actor(job)
        try:
            return step(record, by=by, now=now, progress=progress).sentence or "核对完成，请查看预览。"
        except (DomainError, OperationalError):
            raise  # told already; or the job is run again
        except Exception:
            importing.fail(record, BROKEN, by=by, now=now)
            raise

    return run


def _actor(job: Job) -> Actor:
    return actor_of(job.user, day=timezone.localdate()) if job.user else SYSTEM


def _confirmed(data: dict[str, Any]) -> str:
    whole = "全部成功才写入" if data["all_or_nothing"] else f"跳过有问题的 {data['problem']} 行"
    return f"确认导入名册“{data['file']}”：新增 {data['new']} 人、变更 {data['changed']} 人，{whole}。"


def _assigned(data: dict[str, Any]) -> str:
    told = "、".join(f"“{text}”读作 {code}" for text, code in data["branches"].items())
    return f"名册“{data['file']}”：{told}，重新核对。"


def _imported(data: dict[str, Any]) -> str:
    return (
        f"导入名册（指纹 {data['fingerprint']}）：新增组织 {data['organizations']} 个、党员 {data['members']} 人，"
        f"变更党员 {data.get('changed', 0)} 人，"  # events of before changes were imported have no number
        f"无变化的组织 {data['same_organizations']} 个、党员 {data['same_members']} 人。"
    )
