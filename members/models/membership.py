"""党员: membership periods, one chain per person."""

from django.db import models
from django.db.models import F, Q

from linshu.people.models import Person
from members.querysets import MembershipQuerySet
from organizations.models import OPEN_END, Organization
from organizations.rules.kinds import Kind


class Category(models.TextChoices):
    """人员类别."""

    FULL = "full", "正式党员"
    PROBATIONARY = "probationary", "预备党员"


class Membership(models.Model):
    """A person's membership in a branch or group from ``valid_from`` until before ``valid_to``.

    ``organization`` is the lowest node (the group where there is one), so that counts roll up the tree. Written under
    the lock on the person: a new period begins where the last one ends, never in two branches, never in none.
    """

    # Both keys begin an index of their own below.
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships", db_index=False, verbose_name="党员")
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="memberships", db_index=False, verbose_name="所在党组织"
    )
    county_id = models.BigIntegerField("所属县", editable=False)
    pinyin_key = models.CharField("拼音排序", max_length=120, editable=False)
    category = models.CharField("人员类别", max_length=20, choices=Category)
    joined_on = models.DateField("入党日期")
    full_on = models.DateField("转正日期", null=True, blank=True)
    is_mobile = models.BooleanField("流动党员", default=False)
    destination = models.CharField("流向", max_length=60, blank=True)
    valid_from = models.DateField("起始日")
    valid_to = models.DateField("截止日", default=OPEN_END)
    start_inferred = models.BooleanField("起始日为推定", default=False)
    reason = models.CharField("事由", max_length=200, blank=True)
    note = models.CharField("备注", max_length=200, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "党员"
        constraints = [
            models.CheckConstraint(condition=Q(valid_from__lt=F("valid_to")), name="membership_dates"),
            models.UniqueConstraint(fields=["person", "valid_from"], name="membership_one_from"),
            models.UniqueConstraint(fields=["person", "valid_to"], name="membership_one_to"),
            models.CheckConstraint(
                condition=Q(category="full", full_on__isnull=False) | Q(category="probationary", full_on__isnull=True),
                name="membership_full_on",
            ),
        ]
        indexes = [
            # the sorted list: read in its order, on whatever day, until the page is full
            models.Index(fields=["county_id", "pinyin_key", "id"], name="membership_sorted"),
            # the same over several counties, whose lists no index could put into one order
            models.Index(fields=["pinyin_key", "id", "county_id", "valid_to", "valid_from"], name="membership_by_name"),
            # members of a county on a day, counted without touching the table
            models.Index(fields=["county_id", "valid_to", "valid_from"], name="membership_of_county"),
            # counts below a node without touching the table
            models.Index(
                fields=["organization", "valid_to", "valid_from", "full_on", "is_mobile", "person"],
                name="membership_counts",
            ),
            # counts of a county by what is known of persons: met with them in order of their keys (person_counted)
            models.Index(
                fields=["person", "valid_to", "valid_from", "county_id", "organization", "full_on", "is_mobile"],
                name="membership_persons",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}"

    @property
    def branch(self) -> Organization:
        """The branch; ``organization`` itself where there is no group."""
        return self.organization.parent if self.organization.kind == Kind.GROUP else self.organization

    @property
    def branch_id(self) -> int:
        """Its key, without reading it."""
        found = self.organization.parent_id if self.organization.kind == Kind.GROUP else self.organization_id
        assert found is not None  # noqa: S101 - a group stands under a branch
        return found

    @property
    def group(self) -> Organization | None:
        """The 党小组, where there is one."""
        return self.organization if self.organization.kind == Kind.GROUP else None

    @property
    def is_open(self) -> bool:
        return self.valid_to == OPEN_END

    @property
    def category_then(self) -> Category:
        """人员类别 on the day a list was read for (``with_posts``); without one, as registered."""
        day = getattr(self, "read_on", None)
        if day is None:
            return Category(self.category)
        return Category.FULL if self.full_on and self.full_on <= day else Category.PROBATIONARY

    @property
    def titles(self) -> str:
        """党内职务 read by ``with_posts``: with their place where that is not the own branch or group."""
        here = {self.organization_id, self.branch_id}
        held = self.person.posts_held  # type: ignore[attr-defined]
        return "、".join(
            each.title if each.organization_id in here else f"{each.organization.short_name}{each.title}"
            for each in held
        )
