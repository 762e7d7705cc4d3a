"""Names of people: the same name is the same text, however it was typed."""

import pytest

from linshu.people.rules.names import person_name


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("张 三", "张三"),
        ("张\u200b三", "张三"),
        ("　张　三　", "张三"),
        ("买买提・艾力", "买买提·艾力"),
        ("买买提 . 艾力·", "买买提·艾力"),
        ("Anna  Maria", "Anna Maria"),
        ("𠮷\u00a0明", "𠮷明"),
        ("\u200b", ""),
    ],
)
def test_a_name_is_kept_one_way(typed, kept):
    assert person_name(typed) == kept
    assert person_name(kept) == kept
