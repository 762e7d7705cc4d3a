"""The table an office imports: strict, every error with row and column."""

from datetime import date

import pytest

from linshu.errors import Invalid
from linshu.workdays.rules.calendar import Day
from linshu.workdays.rules.table import decode, read_table

HEAD = "date,is_workday,name\n"
FIXED = "2027-01-01,0,元旦\n2027-05-01,0,劳动节\n2027-10-01,0,国庆节\n"


def test_days_that_tell_nothing_are_left_out():
    table = read_table(HEAD + FIXED + "2027-01-04,1,\n2027/2/20,是,春节调休补班\n")
    assert table == {
        2027: {
            date(2027, 1, 1): Day(False, "元旦"),
            date(2027, 5, 1): Day(False, "劳动节"),
            date(2027, 10, 1): Day(False, "国庆节"),
            date(2027, 2, 20): Day(True, "春节调休补班"),
        }
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("日期,上班,名称\n", "第 1 行：表头应为 date,is_workday,name 三列。"),
        (HEAD, "表中没有任何日期。请至少列出一年的放假和补班安排。"),
        (HEAD + FIXED + "2027-02-30,0,春节\n", "第 5 行 date 列：“2027-02-30”不是日期，应写成 2027-01-01。"),
        (HEAD + FIXED + "1999-12-31,0,\n", "第 5 行 date 列：1999年12月31日不在 2000 年到 2100 年之间。"),
        (HEAD + FIXED + "2027-02-08,2,春节\n", "第 5 行 is_workday 列：“2”应填 1（上班）或 0（放假）。"),
        (HEAD + FIXED + "2027-02-08,0\n", "第 5 行：应有 3 列，实有 2 列。"),
        (HEAD + FIXED + f"2027-02-08,0,{'长' * 41}\n", "第 5 行 name 列：名称最多 40 个字。"),
        (HEAD + FIXED + "2027-01-01,1,\n", "第 5 行 date 列：2027年1月1日与第 2 行重复。"),
        (HEAD + "2027-01-01,0,元旦\n", "2027年缺 5月1日、10月1日 的放假安排，表不完整，请补全后再导入。"),
    ],
)
def test_an_error_names_its_row_and_column(text, message):
    with pytest.raises(Invalid) as refused:
        read_table(text)
    assert message in [problem.message for problem in refused.value.problems]


def test_all_errors_are_told_at_once():
    with pytest.raises(Invalid, match="有 2 处错误") as refused:
        read_table(HEAD + FIXED + "x,0,\n2027-02-08,y,\n")
    assert [problem.rule for problem in refused.value.problems] == ["date", "bool"]


def test_files_of_excel_are_read():
    assert decode("﻿date,春节".encode()) == "date,春节"
    assert decode("date,春节".encode("gb18030")) == "date,春节"


def test_a_file_that_is_no_text_is_refused():
    with pytest.raises(Invalid, match="编码无法识别"):
        decode(b"\xff\xff\xff\xff")
