"""学历 in levels, worked out by the database."""

import pytest

from linshu.people.models import Person
from tests.factories import PersonFactory


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("education", "level"),
    [
        ("", "unknown"),
        ("其他", "unknown"),
        ("文盲或半文盲", "primary"),
        ("小学", "primary"),
        ("初中", "junior"),
        ("初中毕业", "junior"),
        ("高中", "secondary"),
        ("普通高中", "secondary"),
        ("中等专科", "secondary"),
        ("技工学校（技校）", "secondary"),
        ("大学专科", "college"),
        ("大专", "college"),
        ("高等专科", "college"),
        ("大学本科", "bachelor"),
        ("大学", "bachelor"),
        ("研究生", "postgraduate"),
        ("硕士研究生", "postgraduate"),
        ("大学学历、硕士学位", "postgraduate"),
    ],
)
def test_level_of_what_offices_write(education, level):
    person = PersonFactory()
    Person.objects.filter(pk=person.pk).update(education=education)
    assert Person.objects.get(pk=person.pk).education_level == level
