"""Widgets written without templates are what Django's templates write."""

import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe

from linshu.web.forms import Renderer

HOSTILE = "\"><script>alert('1')</script>&"
CHOICES = [("", "全部"), (1, HOSTILE), ("甲", [("a", mark_safe("<b>粗</b>")), (HOSTILE, "丙")])]
CASES = [
    (forms.TextInput(attrs={"class": "form-control", "required": True, "hidden": False}), HOSTILE),
    (forms.TextInput(), None),
    (forms.NumberInput(attrs={"min": 0}), 0),
    (forms.HiddenInput(), mark_safe("a&amp;b")),
    (forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), "2026-11-24"),
    (forms.PasswordInput(render_value=True), HOSTILE),
    (forms.EmailInput(), "a@b.cn"),
    (forms.CheckboxInput(), True),
    (forms.CheckboxInput(attrs={"aria-label": HOSTILE}), False),
    (forms.Select(choices=CHOICES), 1),
    (forms.Select(choices=CHOICES, attrs={"aria-label": HOSTILE}), HOSTILE),
    (forms.SelectMultiple(choices=CHOICES), ["a", "1"]),
    (forms.Textarea(attrs={"rows": 3}), HOSTILE),
    (forms.RadioSelect(choices=CHOICES[:2]), 1),
]


@pytest.mark.parametrize(("widget", "value"), CASES)
def test_as_django_writes_it(widget, value):
    ours = widget.render("name", value, {"id": "id_name"}, renderer=Renderer())

    theirs = widget.render("name", value, {"id": "id_name"}, renderer=DjangoTemplates())
    assert re.split(r"\s*\n\s*", ours.strip()) == re.split(r"\s*\n\s*", theirs.strip())
    assert "<script>" not in ours
