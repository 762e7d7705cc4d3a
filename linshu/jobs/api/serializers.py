"""A job as the API tells it."""

from rest_framework import serializers

from linshu.jobs.models import Job
from linshu.rest.serializers import Output


class JobOutput(Output):
    """One's own long work. Ask again every few seconds until ``state`` is ``done`` or ``failed``."""

    kind_label = serializers.CharField(help_text="种类的中文名称。")
    percent = serializers.IntegerField(help_text="进度，0 至 100；总数还不知道时为 0。")
    sentence = serializers.CharField(help_text="现在在做什么；办完后是结果，没有办成的是原因。")
    url = serializers.CharField(help_text="结果所在的页面；没有的为空。")

    class Meta:
        model = Job
        fields = [
            "id", "kind", "kind_label", "title", "state", "done", "total", "percent", "sentence", "url", "created_at",
            "started_at", "finished_at", "allowed_actions",
        ]  # fmt: skip
