"""Rows that an import left out, as a rule check: owed by the office that keeps the register there."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from linshu.figures.registry import Check, Finding, Level, Look, register_check
from linshu.scope import Right
from linshu.words import day_words
from members.models import Import
from organizations.providers import readings

BASIS = "导入名册时有问题的行不写入，改正后重新导入，或注明不再处理"


def register_import_checks() -> None:
    """Tell the registry."""
    register_check(Check("members.imports", "导入留下的行", Right.MEMBERS_IMPORT, owing))


def owing(look: Look) -> Iterator[Finding]:
    """One finding for every import that left rows out."""
    stood = look.once(readings.nodes)
    for each in Import.objects.within(look.scope).owing().order_by("pk"):
        if each.organization_id not in stood:  # of several counties, or closed since
            continue
        day = day_words(timezone.localdate(each.finished_at or each.created_at))
        sentence = f"{day}导入的“{each.name}”有 {each.problem} 行有问题，没有写入。"
        yield Finding(
            each.organization_id, Level.SOON, sentence, BASIS, "处理",
            f"{reverse('members:import-detail', args=[each.pk])}?show=problem#rows", task="处理导入时没有写入的行",
            figure=each.problem, limit="改正后重新导入",
        )  # fmt: skip
