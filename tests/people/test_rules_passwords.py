"""口令规则 (rule book 11): 至少 10 位、四类选三、90 天更换。"""

from datetime import UTC, datetime, timedelta

import pytest

from linshu.people.rules.passwords import Policy, first_password, is_aged, problems

POLICY = Policy(min_length=10, classes=3, age_days=90, history=5)
NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.mark.parametrize(
    ("password", "complaint"),
    [
        ("Abcdef-12", "只有 9 个字符"),
        ("abcdefghij1", "只用了 2 类字符"),
        ("ABCDEFGHIJ", "只用了 1 类字符"),
        ("Zhang.San-2026", "不能有用户名"),
    ],
)
def test_what_is_wrong_is_told(password, complaint):
    assert any(complaint in sentence for sentence in problems(password, username="zhang.san", policy=POLICY))


@pytest.mark.parametrize("password", ["Abcdefgh12", "abcdefgh1-", "沭河党建Abc2026年"])
def test_three_of_four_classes_will_do(password):
    assert problems(password, username="zhang.san", policy=POLICY) == []


def test_everything_wrong_is_told_at_once():
    assert len(problems("li", username="li", policy=POLICY)) == 3


@pytest.mark.parametrize(("days", "aged"), [(89, False), (90, True)])
def test_a_password_serves_ninety_days(days, aged):
    assert is_aged(NOW - timedelta(days=days), now=NOW, policy=POLICY) is aged


def test_a_password_of_unknown_age_is_aged():
    assert is_aged(None, now=NOW, policy=POLICY)


def test_first_passwords_obey_the_rule_and_differ():
    made = {first_password(POLICY) for _ in range(50)}

    assert len(made) == 50
    assert all(problems(password, username="nobody.else", policy=POLICY) == [] for password in made)
    assert not any(char in password for password in made for char in "0O1lI")
