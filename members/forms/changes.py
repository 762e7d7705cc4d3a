"""The filter above the change requests, and what is typed to decide on one."""

from typing import Any

from django import forms

from linshu.web.forms import Form
from members.forms.keeping import reason
from members.rules.changing import STATE_WORDS, State

ALL = "all"


class ChangesFilter(Form):
    """State and place, from the address; nonsense is as good as not chosen."""

    state = forms.ChoiceField(choices=[*STATE_WORDS.items(), (ALL, "全部")], required=False)
    organization = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)

    def __init__(self, data: Any, *, mine: bool) -> None:
        super().__init__(data)
        self.usual = "" if mine else State.SUBMITTED.value
        self.is_valid()

    @property
    def state_code(self) -> str:
        """The state to show, empty for all: what waits, on the page of who decides."""
        given = self.cleaned_data.get("state") or self.usual
        return "" if given == ALL else given

    @property
    def place(self) -> int | None:
        """The organisation below which to look."""
        return self.cleaned_data.get("organization")


class OpinionForm(Form):
    """What the branch is told."""

    opinion = forms.CharField(
        label="意见", max_length=200, required=False, help_text="退回的须写明原因，至少 5 个字；核准的可不填。"
    )


class WhyForm(Form):
    """Why a number is to be seen in full."""

    reason = reason("写明因何事查看，如“对照身份证核准更正”。事由和您的姓名会记入审计日志。")
