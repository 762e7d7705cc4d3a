"""Forms: errors beside the field and on top, what was typed stays, domain errors find their field."""

from datetime import date

import pytest
from django import forms

from linshu.errors import Conflict, Invalid, NotPermitted, Problem
from linshu.web.forms import DateField, Form, attempt
from tests.pages import problems_of


class Sample(Form):
    name = forms.CharField(label="名称", help_text="写全称", max_length=60)
    day = DateField(label="起始日")
    kind = forms.ChoiceField(label="类型", choices=[("a", "甲")], required=False)
    parts = forms.MultipleChoiceField(
        label="部分", choices=[("a", "甲"), ("b", "乙")], required=False, widget=forms.CheckboxSelectMultiple
    )


GOOD = {"name": "振兴社区", "day": "2026年11月24日"}


def test_an_empty_form():
    html = str(Sample())
    assert problems_of(html) == []
    assert '<label for="id_name">名称</label>' in html and 'aria-describedby="id_name_helptext"' in html
    assert "（可不填）" in html and "ls-errors" not in html


def test_errors_beside_the_field_and_on_top():
    form = Sample({"name": "<b>", "day": "昨天", "kind": "z"})
    html = str(form)
    assert problems_of(html) == [] and form.status == 422
    assert html.count("没有看懂这个日期") == 2 and '<a href="#id_day">' in html
    assert "类型里没有这个选项" in html
    assert 'value="&lt;b&gt;"' in html and 'value="昨天"' in html
    assert "请填写名称。" in str(Sample({})) and "请选择起始日。" in str(Sample({}))


@pytest.mark.parametrize("text", ["2026-11-24", "2026/11/24", "2026.11.24", "2026年11月24日", "20261124"])
def test_dates_as_people_write_them(text):
    form = Sample({**GOOD, "day": text})
    assert form.is_valid() and form.cleaned_data["day"] == date(2026, 11, 24)


def test_attempt_returns_what_the_service_returns():
    assert attempt(Sample(GOOD), lambda: 7) == 7


def test_attempt_does_not_run_the_service_with_an_invalid_form():
    assert attempt(Sample({}), lambda: pytest.fail("ran")) is None


@pytest.mark.parametrize(
    ("error", "field", "words"),
    [
        (Invalid.field("name", "名称重复。"), "name", "名称重复。"),
        (Invalid("不行。", problems=[Problem("elsewhere", "上级已撤销。")]), "__all__", "上级已撤销。"),
        (Conflict("别人刚刚改过。"), "__all__", "别人刚刚改过。"),
    ],
)
def test_domain_errors_find_their_field(error, field, words):
    form = Sample(GOOD)

    def refuse():
        raise error

    assert attempt(form, refuse) is None
    assert form.errors == {field: [words]} and words in str(form)


def test_a_missing_right_is_not_the_forms_business():
    def refuse():
        raise NotPermitted

    with pytest.raises(NotPermitted):
        attempt(Sample(GOOD), refuse)
