"""Factories with traits: the shortest way to a row. Everything that has a life cycle is tested through services."""

from datetime import date

import factory
from django.contrib.auth.hashers import make_password
from django_otp.util import random_hex

from linshu.grants.models import Grant
from linshu.people.models import Authenticator, Person, User
from linshu.people.rules.id_number import check_digit
from linshu.people.services import PersonData, fill_person
from members.models import Membership
from organizations.models import OPEN_END, Organization, OrganizationPeriod
from organizations.rules.kinds import Kind

PASSWORD = "Linshu-2026"
PASSWORD_HASH = make_password(PASSWORD)
LONG_AGO = date(2010, 5, 1)


def valid_id_number(serial: int, *, born: date = date(1980, 1, 1), male: bool = True) -> str:
    """A fictional number (area 371399) that passes GB 11643."""
    first_17 = f"371399{born:%Y%m%d}{serial * 2 % 1000 + (1 if male else 0):03d}"
    return first_17 + check_digit(first_17)


class PersonFactory(factory.django.DjangoModelFactory):
    """A fictional person with valid ID number, phone and address."""

    class Meta:
        model = Person

    serial = factory.Sequence(lambda n: n)
    name = factory.LazyAttribute(lambda o: f"测试{chr(0x4E00 + o.serial)}")
    sex = "1"
    birth_date = factory.LazyAttribute(lambda o: date(1950 + o.serial // 499, 1, 1))

    @classmethod
    def _create(cls, model_class, *args, serial=0, **kwargs):
        person = model_class(**kwargs)
        number = valid_id_number(serial % 499, born=person.birth_date, male=person.sex == "1")
        data = PersonData(
            person.name,
            person.sex,
            person.birth_date,
            number,
            f"199{serial:08d}",
            f"临沭县测试路{serial}号",
            "汉族",
            "大学本科",
        )
        fill_person(person, data)
        person.save()
        return person


class UserFactory(factory.django.DjangoModelFactory):
    """An account with PASSWORD."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"user{n}")
    full_name = factory.Sequence(lambda n: f"用户{n}")
    password = PASSWORD_HASH


class AuthenticatorFactory(factory.django.DjangoModelFactory):
    """A telephone bound to an account."""

    class Meta:
        model = Authenticator

    user = factory.SubFactory(UserFactory)
    name = "手机"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        device = model_class(**kwargs)
        device.key = random_hex(20)
        device.save()
        return device


class OrganizationFactory(factory.django.DjangoModelFactory):
    """A node with its open period."""

    class Meta:
        model = Organization

    code = factory.Sequence(lambda n: f"T-{n:04d}")
    kind = Kind.BRANCH
    name = factory.LazyAttribute(lambda o: f"组织{o.code}")
    short_name = factory.LazyAttribute(lambda o: o.name)
    established_on = LONG_AGO
    parent = None

    @factory.post_generation
    def period(self, create, extracted, **kwargs):
        OrganizationPeriod.objects.create(
            organization=self, parent=self.parent, kind=self.kind, group_kind=self.group_kind, name=self.name,
            short_name=self.short_name, valid_from=self.established_on, operation="establish", reason="测试",
        )  # fmt: skip

    @classmethod
    def _after_postgeneration(cls, instance, create, results=None):
        """The node is complete; saving it again would go through mptt for nothing."""


class MembershipFactory(factory.django.DjangoModelFactory):
    """A full member since 2012."""

    class Meta:
        model = Membership

    person = factory.SubFactory(PersonFactory)
    organization = factory.SubFactory(OrganizationFactory)
    county_id = factory.LazyAttribute(lambda o: o.organization.get_root().pk)
    pinyin_key = factory.LazyAttribute(lambda o: o.person.name_sort)
    category = "full"
    joined_on = date(2012, 7, 1)
    full_on = date(2013, 7, 1)
    valid_from = date(2012, 7, 1)

    class Params:
        probationary = factory.Trait(category="probationary", full_on=None)
        mobile = factory.Trait(is_mobile=True, destination="上海市松江区")


class GrantFactory(factory.django.DjangoModelFactory):
    """A grant in force."""

    class Meta:
        model = Grant

    user = factory.SubFactory(UserFactory)
    role = "community_officer"
    organization = factory.SubFactory(OrganizationFactory)
    valid_from = LONG_AGO
    valid_to = OPEN_END
    reason = "测试"
    granted_by = "测试"
