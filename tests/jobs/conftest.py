"""Kinds of jobs for the tests, as an app above would register them."""

from itertools import count

import pytest
from django.utils import timezone

from linshu.errors import Conflict
from linshu.jobs import registry
from linshu.jobs.services import enqueue
from linshu.scope import SYSTEM, RightlessActor


@pytest.fixture
def kind(monkeypatch):
    """``kind(run)`` registers a kind for this test and returns its code."""
    monkeypatch.setattr(registry, "_kinds", dict(registry._kinds))
    numbers = count()

    def make(run, label: str = "测试任务") -> str:
        code = f"tests.kind{next(numbers)}"
        registry.register(code, label, run)
        return code

    return make


@pytest.fixture
def queued(kind):
    """``queued(run, user)`` enqueues a job of a kind that does ``run(job, progress)``."""

    def make(run=lambda job, progress: "办完了。", user=None, title: str = "导入名册", **kwargs):
        by = SYSTEM if user is None else RightlessActor(str(user), user.pk)
        given = {"now": timezone.now(), "arguments": {}} | kwargs
        return enqueue(kind=kind(run), title=title, by=by, **given)

    return make


def refuse(job, progress):
    raise Conflict("名册里没有党员，没有导入。请检查后重新上传。")


def break_down(job, progress):
    raise ZeroDivisionError("secret of the house")
