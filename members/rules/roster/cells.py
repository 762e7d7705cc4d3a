"""Reading single cells of a roster: dates, words, numbers. Each notes what is wrong and answers None."""

import re
from collections.abc import Mapping
from datetime import date

from linshu.errors import Invalid
from linshu.people.rules import id_number
from linshu.people.rules.id_number import IdNumber
from members.rules.roster.shape import Findings, Row

ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
PHONE = re.compile(r"1[3-9]\d{9}", re.ASCII)
NAME = re.compile(
    r"[㐀-䶿一-鿿\U00020000-\U0003ffff][㐀-䶿一-鿿\U00020000-\U0003ffff·]{1,29}|[A-Za-z][A-Za-z .·'-]{1,59}"
)
ROUNDED = re.compile(r"[\d.]+[eE]\+?\d+|\d+\.\d*", re.ASCII)
EARLIEST = date(1900, 1, 1)


def required(row: Row, column: str, findings: Findings, *, longest: int) -> str | None:
    """A text that must be there and fits its field."""
    value = row.get(column)
    if not value:
        findings.refuse(row, column, "必填", "这一格是空的，请填写。")
        return None
    return optional(row, column, findings, longest=longest)


def optional(row: Row, column: str, findings: Findings, *, longest: int) -> str | None:
    """A text that may be empty; too long, or with control characters in it, is refused."""
    value = row.get(column)
    if len(value) > longest:
        findings.refuse(row, column, "长度", f"最多 {longest} 个字，现有 {len(value)} 个，请缩短。")
        return None
    if not value.isprintable():
        findings.refuse(row, column, "字符", "含有换行等不可见字符，请删去。")
        return None
    return value


def person_name(row: Row, findings: Findings) -> str | None:
    """A name in Chinese characters (with ·) or in Latin letters."""
    value = required(row, "姓名", findings, longest=60)
    if value and not NAME.fullmatch(value):
        findings.refuse(row, "姓名", "姓名", "姓名只能是汉字（可带“·”）或字母，请核对。")
        return None
    return value


def day(row: Row, column: str, findings: Findings, *, today: date) -> date | None:
    """A real Excel date or ISO text, from 1900 to today."""
    value = row.get(column)
    if not ISO_DATE.fullmatch(value):
        findings.refuse(row, column, "日期", "日期应写成 2026-11-24 这样的文本，或用 Excel 的日期格式。")
        return None
    try:
        found = date.fromisoformat(value)
    except ValueError:
        findings.refuse(row, column, "日期", "没有这一天，请核对年月日。")
        return None
    if not EARLIEST <= found <= today:
        findings.refuse(row, column, "日期", "日期应在 1900 年以后，且不晚于今天。")
        return None
    return found


def word(row: Row, column: str, findings: Findings, words: Mapping[str, str]) -> str | None:
    """One of the words of the template, translated."""
    value = row.get(column)
    if value not in words:
        findings.refuse(row, column, "用词", f"只能填：{'、'.join(words)}。")
        return None
    return words[value]


def identity(row: Row, findings: Findings, *, today: date) -> IdNumber | None:
    """A GB 11643 number kept as text: Excel keeps 15 digits of a number and silently zeroes the rest."""
    column = "公民身份号码"
    value = row.get(column)
    if not value:
        findings.refuse(row, column, "必填", "公民身份号码是空的，请填写。")
        return None
    if column in row.numbers or ROUNDED.fullmatch(value):
        message = "这一格是数字，末三位已被 Excel 舍入，请把该列设为“文本”后对照证件重填。"
        findings.refuse(row, column, "公民身份号码须为文本", message)
        return None
    try:
        return id_number.parse(value, today=today)
    except Invalid as invalid:
        findings.refuse(row, column, "GB 11643", invalid.message)
        return None


def phone(row: Row, findings: Findings) -> str | None:
    """A mobile number of eleven digits, or nothing."""
    value = row.get("联系电话")
    if value and not PHONE.fullmatch(value):
        findings.refuse(row, "联系电话", "手机号", "手机号应为 11 位数字，以 13 至 19 开头，请补全。")
        return None
    return value
