"""What workers do for the register."""

from django.utils import timezone

from linshu.grants.services import actor_of
from linshu.jobs import registry
from linshu.jobs.models import Job
from linshu.jobs.registry import Progress
from members.models import Export
from members.services import exporting


def register_jobs() -> None:
    """Name the kinds."""
    registry.register(exporting.KIND, "导出名册", _export)


def _export(job: Job, progress: Progress) -> str:
    """With the rights its asker has now."""
    export = Export.objects.select_related("user", "organization", "file").get(pk=job.arguments["export"])
    now = timezone.now()
    actor = actor_of(export.user, day=timezone.localdate(now))
    return exporting.write_export(export=export, progress=progress, by=actor, now=now)
