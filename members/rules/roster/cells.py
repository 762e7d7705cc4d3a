"""Reading single cells of a roster: dates, words, numbers. Each notes what is wrong and answers None."""

import re
from collections.abc import Mapping
from datetime import date

from linshu.errors import Invalid
from linshu.people.rules import id_number
from linshu.people.rules.id_number import IdNumber
from linshu.words import day_words
from members.rules.roster import dialects
from members.rules.roster.dialects import Day
from members.rules.roster.shape import Findings, Row

PHONE = re.compile(r"1[3-9]\d{9}", re.ASCII)
LANDLINE = re.compile(r"(?:0\d{2,3})?[2-8]\d{6,7}", re.ASCII)
TWO_PHONES = re.compile(r"\d{7,}\D+\d{7,}", re.ASCII)
NAME = re.compile(
    r"[㐀-䶿一-鿿〇\U00020000-\U0003ffff][㐀-䶿一-鿿〇\U00020000-\U0003ffff·]{1,29}|[A-Za-z][A-Za-z .·'-]{1,59}"
)
PRIVATE = re.compile(r"[\ue000-\uf8ff\ufffd?？]")
ROUNDED = re.compile(r"[\d.]+[eE]\+?\d+|\d+\.\d*", re.ASCII)
OCTOBER = re.compile(r"\d{4}\.1", re.ASCII)
SHORT_YEAR = re.compile(r"\d{2}[年./\-]\d{1,2}(?:[月./\-]\d{1,2}日?)?", re.ASCII)
EARLIEST = date(1900, 1, 1)
HOW_TO_DATE = "请写成 2026-11-24 这样的文本，或用 Excel 的日期格式。"


def required(row: Row, column: str, findings: Findings, *, longest: int) -> str | None:
    """A text that must be there and fits its field."""
    if not row.get(column):
        findings.refuse(row, column, "必填", "这一格是空的。", "请填写。")
        return None
    return optional(row, column, findings, longest=longest)


def optional(row: Row, column: str, findings: Findings, *, longest: int) -> str | None:
    """A text that may be empty; too long, or with control characters in it, is refused."""
    value = dialects.clean(row.get(column))
    if dialects.is_nothing(value):
        return ""
    if len(value) > longest:
        findings.refuse(row, column, "长度", f"最多 {longest} 个字，现有 {len(value)} 个。", "请缩短。")
        return None
    if not value.isprintable():
        findings.refuse(row, column, "字符", "含有不可见的控制字符。", "请删去后重新输入。")
        return None
    return value


def person_name(row: Row, findings: Findings) -> str | None:
    """A name in Chinese characters (with ·) or in Latin letters."""
    value = dialects.name(row.get("姓名"))
    if not value:
        findings.refuse(row, "姓名", "必填", "姓名是空的。", "请填写。")
    elif NAME.fullmatch(value) and not value.endswith("·"):
        return value
    elif PRIVATE.search(value):
        message = "姓名里有在转存中丢失的生僻字，或本机自造的字。"
        findings.refuse(row, "姓名", "姓名", message, "请用输入法重新输入这个字，另存为 .xlsx 后再导入。")
    else:
        findings.refuse(row, "姓名", "姓名", "姓名只能是汉字（可带“·”）或字母，至少两个字。", "请对照证件核对。")
    return None


def day(row: Row, column: str, findings: Findings, *, today: date) -> Day | None:
    """A day in any of the usual ways of writing, from 1900 to today; of a bare month the first, with a warning."""
    value = row.get(column)
    if dialects.is_nothing(value):
        findings.refuse(row, column, "必填", "日期是空的。", HOW_TO_DATE)
        return None
    if column in row.numbers and OCTOBER.fullmatch(value):
        message = f"Excel 把 {value}0 存成了 {value}，分不清是 1 月还是 10 月。"
        findings.refuse(row, column, "日期", message, HOW_TO_DATE)
        return None
    try:
        found = dialects.day(value)
    except (ValueError, OverflowError):
        findings.refuse(row, column, "日期", "没有这一天。", "请核对年月日。")
        return None
    if found is None:
        short = SHORT_YEAR.fullmatch(dialects.bare(value))
        message = "年份只写了两位，分不清年代。" if short else "看不出是哪一天。"
        findings.refuse(row, column, "日期", message, HOW_TO_DATE)
        return None
    if not EARLIEST <= found.value <= today:
        findings.refuse(row, column, "日期", "日期应在 1900 年以后，且不晚于今天。", "请核对年份。")
        return None
    return found


def whole_day(row: Row, column: str, findings: Findings, *, today: date) -> date | None:
    """The same where nothing else tells the day of a bare month."""
    found = day(row, column, findings, today=today)
    if found and not found.whole:
        warn_month(row, column, findings, found.value)
    return found.value if found else None


def warn_month(row: Row, column: str, findings: Findings, taken: date) -> None:
    """Tell which day was taken for a bare month."""
    message = f"只写到月，按 {day_words(taken)}登记。"
    findings.warn(row, column, "日期", message, "请对照档案补上日子。")


def word(row: Row, column: str, findings: Findings, words: Mapping[str, str], told: str = "") -> str | None:
    """One of the words, translated; ``told`` names those that are offered."""
    value = dialects.bare(row.get(column))
    if value not in words:
        findings.refuse(row, column, "用词", f"只能填：{told or '、'.join(words)}。", "请改成其中之一。")
        return None
    return words[value]


def identity(row: Row, findings: Findings, *, today: date) -> IdNumber | None:
    """A GB 11643 number kept as text: Excel keeps 15 digits of a number and silently zeroes the rest."""
    column = "公民身份号码"
    value = dialects.identity(row.get(column))
    if not value:
        findings.refuse(row, column, "必填", "公民身份号码是空的。", "请填写。")
        return None
    if column in row.numbers or ROUNDED.fullmatch(value):
        message = "这一格是数字，末三位已被 Excel 舍入成 000，认不回来了。"
        findings.refuse(row, column, "公民身份号码须为文本", message, "请把该列设为“文本”，再对照证件重填。")
        return None
    try:
        return id_number.parse(value, today=today)
    except Invalid as invalid:
        why, _, remedy = invalid.message.rstrip("。").partition("，请")
        findings.refuse(row, column, "GB 11643", f"{why}。", f"请{remedy or '对照证件重填'}。")
        return None


def phone(row: Row, findings: Findings) -> str | None:
    """A mobile number of eleven digits, or nothing."""
    column = "联系电话"
    raw = row.get(column)
    if dialects.is_nothing(raw):
        return ""
    value = dialects.phone(raw)
    if PHONE.fullmatch(value):
        return value
    if TWO_PHONES.search(raw):
        message, remedy = "写了不止一个号码。", "请只留一个手机号，其余写在备注。"
    elif LANDLINE.fullmatch(value):
        message, remedy = "这是固定电话。", "请填 11 位手机号，没有手机的请留空。"
    elif value.isascii() and value.isdigit() and len(value) != 11:
        message, remedy = f"有 {len(value)} 位，手机号应为 11 位。", "请核对补全，没有手机的请留空。"
    else:
        message, remedy = "手机号应为 11 位数字，以 13 至 19 开头。", "请核对，没有手机的请留空。"
    findings.refuse(row, column, "手机号", message, remedy)
    return None
