"""Shapes of what is typed into the pages of the register."""

from members.forms.register import (
    AGES,
    BY_NUMBER,
    CONDITIONS,
    EDUCATIONS,
    MOBILE,
    SEXES,
    AssignForm,
    ConfirmForm,
    ExportForm,
    ImportForm,
    RegisterFilter,
    RevealForm,
)

__all__ = [
    "AGES",
    "BY_NUMBER",
    "CONDITIONS",
    "EDUCATIONS",
    "MOBILE",
    "SEXES",
    "AssignForm",
    "ConfirmForm",
    "ExportForm",
    "ImportForm",
    "RegisterFilter",
    "RevealForm",
]
