"""Jobs for the operators: how the workers fare, not what the jobs are about (title and sentence may name people)."""

from linshu.jobs.models import Job
from linshu.people.admin import ReadOnlyAdmin, site


class JobAdmin(ReadOnlyAdmin):
    """Jobs without title, sentence and arguments."""

    list_display = (
        "id",
        "kind",
        "state",
        "user",
        "done",
        "total",
        "attempts",
        "created_at",
        "started_at",
        "finished_at",
    )
    list_filter = ("state", "kind")
    list_select_related = ("user",)
    ordering = ("-created_at",)
    fields = (*list_display[1:], "beat_at")


site.register(Job, JobAdmin)
