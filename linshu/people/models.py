"""Who is who, and who logs in."""

import time
import uuid
from typing import ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import Case, Q, Value, When
from django_otp.models import Device, ThrottlingMixin, TimestampMixin
from django_otp.oath import TOTP

from linshu.people.querysets import PersonQuerySet, TokenQuerySet, UserQuerySet
from linshu.people.rules import masking
from linshu.people.rules.education import BY_CODE, DECIDING, NAMES, UNKNOWN
from linshu.people.sealing import Sealed


class Sex(models.TextChoices):
    """GB/T 2261.1."""

    MALE = "1", "男"
    FEMALE = "2", "女"


def _education_level() -> Case:
    """The level an education is of, worked out by the database: whoever writes 学历 need not think of it."""
    whens = []
    for code in DECIDING:
        found = Q()
        for word in BY_CODE[code].words:
            found |= Q(education__contains=word)
        whens.append(When(found, then=Value(code)))
    return Case(*whens, default=Value(UNKNOWN.code))


class Person(models.Model):
    """A human being, once. Has no organisation and no page: read through a membership, seat or user in scope."""

    uuid = models.UUIDField("唯一标识", default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField("姓名", max_length=60)
    name_initials = models.CharField("拼音首字母", max_length=120, editable=False)
    name_sort = models.CharField("拼音排序", max_length=120, editable=False)
    sex = models.CharField("性别", max_length=1, choices=Sex)
    birth_date = models.DateField("出生日期")
    ethnicity = models.CharField("民族", max_length=20, blank=True)
    education = models.CharField("学历", max_length=20, blank=True)
    education_level = models.GeneratedField(
        verbose_name="学历层次",
        expression=_education_level(),
        output_field=models.CharField(max_length=20, choices=[*NAMES.items()]),
        db_persist=True,
    )
    id_number_sealed = models.TextField("公民身份号码（密文）", blank=True, editable=False)
    # Blank is allowed (a resident on a seat may be known by name only), a repeated number is not.
    id_number_index = models.CharField("公民身份号码索引", max_length=64, null=True, unique=True, editable=False)  # noqa: DJ001
    phone_sealed = models.TextField("联系电话（密文）", blank=True, editable=False)
    phone_tail_index = models.CharField("电话尾号索引", max_length=64, blank=True, db_index=True, editable=False)
    address_sealed = models.TextField("现居住地（密文）", blank=True, editable=False)
    died_on = models.DateField("去世日期", null=True, blank=True)

    id_number = Sealed()
    phone = Sealed()
    address = Sealed()

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "人员"
        indexes = [
            models.Index(fields=["name"], name="person_name"),  # exact name in search and import
            # structure of a register, counted without the wide table of sealed fields
            models.Index(fields=["id", "sex", "birth_date", "education_level"], name="person_counted"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def id_number_masked(self) -> str:
        return masking.id_number(self.id_number)

    @property
    def phone_masked(self) -> str:
        return masking.phone(self.phone)

    @property
    def address_masked(self) -> str:
        return masking.address(self.address)


class Relation(models.TextChoices):
    """Near relatives, as the recusal rules name them."""

    SPOUSE = "spouse", "配偶"
    PARENT = "parent", "父母"
    CHILD = "child", "子女"
    SIBLING = "sibling", "兄弟姐妹"
    GRANDPARENT = "grandparent", "祖父母、外祖父母"
    GRANDCHILD = "grandchild", "孙子女、外孙子女"
    IN_LAW = "in_law", "近姻亲"


class Kinship(models.Model):
    """``relative`` is the ``relation`` of ``person``; stored once per pair, smaller id first."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="kinships", verbose_name="本人")
    relative = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name="亲属")
    relation = models.CharField("关系", max_length=20, choices=Relation)

    class Meta:
        verbose_name = verbose_name_plural = "亲属关系"
        constraints = [
            models.UniqueConstraint(fields=["person", "relative"], name="kinship_once"),
            models.CheckConstraint(condition=models.Q(person__lt=models.F("relative")), name="kinship_ordered"),
        ]

    def __str__(self) -> str:
        return f"{self.person}—{self.get_relation_display()}—{self.relative}"


class AccountManager(UserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Django's way to make accounts, with our reads."""

    use_in_migrations = False


class User(AbstractUser):  # type: ignore[django-manager-missing]  # of authenticators, whose bases are untyped
    """An account. What it may do comes from grants alone; ``is_staff`` opens the operators' admin."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField("姓名", max_length=60)
    person = models.OneToOneField(
        Person, models.PROTECT, null=True, blank=True, related_name="user", verbose_name="本人"
    )
    must_change_password = models.BooleanField("须改口令", default=False)
    password_changed_at = models.DateTimeField("口令更换时间", null=True, blank=True)
    large_text = models.BooleanField("大字版", default=False)

    objects: ClassVar[AccountManager] = AccountManager()

    class Meta:
        verbose_name = verbose_name_plural = "账号"

    def __str__(self) -> str:
        return self.full_name or self.username


class PasswordRecord(models.Model):
    """A password the account has had, as a hash: the next one must be another (rule book 11)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="passwords", verbose_name="账号")
    password = models.CharField("口令摘要", max_length=128)
    set_at = models.DateTimeField("启用时间")

    class Meta:
        verbose_name = verbose_name_plural = "用过的口令"
        ordering = ["-set_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.user} {self.set_at:%Y-%m-%d}"


class Authenticator(TimestampMixin, ThrottlingMixin, Device):
    """A telephone that shows codes (TOTP, RFC 6238); its secret, in hexadecimal, is sealed like a personal field.

    django_otp finds it, locks it and slows guessing down; its own device of this kind would keep the secret in the open.
    ``last_t`` is the step of the last code, which is spent; ``drift`` how many steps the telephone's clock is off.
    """

    uuid = models.UUIDField("唯一标识", default=uuid.uuid4, unique=True, editable=False)
    key_sealed = models.TextField("密钥（密文）", editable=False)
    last_t = models.BigIntegerField("用过的时间步", default=-1)
    drift = models.SmallIntegerField("时钟偏差", default=0)

    key = Sealed()

    class Meta(Device.Meta):
        verbose_name = verbose_name_plural = "动态口令验证器"

    @property
    def bin_key(self) -> bytes:
        return bytes.fromhex(self.key)

    def verify_token(self, token: str) -> bool:
        """Is it the code of now, or of a step beside it, and not yet used? Keeps what it learnt (django_otp's protocol)."""
        if not self.verify_is_allowed()[0]:
            return False
        totp = TOTP(self.bin_key, drift=self.drift)
        totp.time = time.time()
        digits = token.isascii() and token.isdigit() and len(token) == totp.digits
        if not digits or not totp.verify(int(token), tolerance=1, min_t=self.last_t + 1):
            self.throttle_increment(commit=True)
            return False
        self.last_t, self.drift = totp.t(), totp.drift
        self.throttle_reset(commit=False)
        self.set_last_used_timestamp(commit=False)
        self.save()
        return True

    def get_throttle_factor(self) -> int:
        return 1


class ApiToken(models.Model):
    """A key of an integrator: only its SHA-256 is kept, it expires, and it acts with the user's grants."""

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens", verbose_name="账号")
    label = models.CharField("用途", max_length=60)
    digest = models.CharField("摘要", max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField("建立时间")
    expires_at = models.DateTimeField("到期时间")
    revoked_at = models.DateTimeField("撤销时间", null=True, blank=True)
    last_used_at = models.DateTimeField("最近使用", null=True, blank=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "接口令牌"

    def __str__(self) -> str:
        return self.label
