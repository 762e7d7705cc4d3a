"""组织: today's tree (derived), the periods that are the truth, and what hangs on a node."""

from django.db import models
from django.db.models import F, Q
from mptt.managers import TreeManager
from mptt.models import MPTTModel, TreeForeignKey

from linshu.people.models import Person
from linshu.scope import ScopedQuerySet
from organizations.querysets import (
    BodyQuerySet,
    BodyRowQuerySet,
    DatedQuerySet,
    GridQuerySet,
    OrganizationQuerySet,
    PeriodQuerySet,
    TermQuerySet,
)
from organizations.rules.bodies import BODIES, BodyKind
from organizations.rules.kinds import GROUP_KINDS, KINDS, Kind, place_of
from organizations.rules.periods import OPEN_END
from organizations.rules.upgrade import ENDED, STATE_WORDS, State

KIND_CHOICES = [(kind.value, spec.label) for kind, spec in KINDS.items()]
GROUP_KIND_CHOICES = [(kind.value, label) for kind, label in GROUP_KINDS.items()]


def _dates(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(valid_from__lt=F("valid_to")), name=name)


class Organization(MPTTModel):
    """A node of today's tree: an index over ``OrganizationPeriod``, written only by ``services`` under the tree lock.

    A closed node keeps its last parent, so that who could read it still can.
    """

    code = models.CharField("组织编码", max_length=40, unique=True)
    name = models.CharField("组织全称", max_length=120)
    short_name = models.CharField("简称", max_length=60)
    kind = models.CharField("组织类型", max_length=20, choices=KIND_CHOICES)
    group_kind = models.CharField("党小组类别", max_length=20, choices=GROUP_KIND_CHOICES, blank=True)
    parent = TreeForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级组织"
    )
    name_initials = models.CharField("拼音首字母", max_length=500, editable=False, default="")
    established_on = models.DateField("成立日期")
    closed_on = models.DateField("撤销日期", null=True, blank=True)

    objects = TreeManager.from_queryset(OrganizationQuerySet)()

    class MPTTMeta:
        order_insertion_by = ["code"]

    class Meta:
        verbose_name = verbose_name_plural = "组织"
        ordering = ["tree_id", "lft"]
        # scope: roots meet descendants by interval inside one tree
        indexes = [models.Index(fields=["tree_id", "lft", "rght"], name="organization_interval")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    @property
    def place(self) -> str:
        """As an office says it: 振兴社区东片区支部."""
        return place_of(Kind(self.kind), self.name, self.short_name)


class OrganizationPeriod(models.Model):
    """What a node was from ``valid_from`` until before ``valid_to``; the open period ends 9999-12-31."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="periods", verbose_name="组织")
    parent = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="上级组织"
    )
    kind = models.CharField("组织类型", max_length=20, choices=KIND_CHOICES)
    group_kind = models.CharField("党小组类别", max_length=20, choices=GROUP_KIND_CHOICES, blank=True)
    name = models.CharField("组织全称", max_length=120)
    short_name = models.CharField("简称", max_length=60)
    valid_from = models.DateField("起始日")
    valid_to = models.DateField("截止日", default=OPEN_END)
    operation = models.CharField("变动", max_length=20)
    reason = models.CharField("事由", max_length=200)
    document_no = models.CharField("文号", max_length=60, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "组织沿革"
        ordering = ["organization", "valid_from"]
        constraints = [
            _dates("period_dates"),
            models.UniqueConstraint(fields=["organization", "valid_from"], name="period_one_from"),
            models.UniqueConstraint(fields=["organization", "valid_to"], name="period_one_to"),
        ]
        # children of a parent on a day: the recursive walk of the as-of tree
        indexes = [models.Index(fields=["parent", "valid_from", "valid_to"], name="period_children")]

    def __str__(self) -> str:
        return f"{self.name} {self.valid_from}"


class Upgrade(models.Model):
    """升格 of a 社区 to a 社区党总支, step by step (rule book 1.1); the days of the steps fill as they are taken."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="upgrades", verbose_name="社区")
    state = models.CharField(
        "状态",
        max_length=20,
        choices=[(state.value, STATE_WORDS[state]) for state in State],
        default=State.PROPOSED.value,
    )
    members_count = models.PositiveIntegerField("建议时的党员数")
    reason = models.CharField("理由", max_length=200)
    proposed_on = models.DateField("建议日期")
    document_no = models.CharField("批复文号", max_length=60, blank=True)
    approved_on = models.DateField("批复日期", null=True, blank=True)
    built_on = models.DateField("建立片区支部日期", null=True, blank=True)
    election_due_on = models.DateField("选举期限", null=True, blank=True)
    elected_on = models.DateField("选举日期", null=True, blank=True)
    election_document_no = models.CharField("选举结果文号", max_length=60, blank=True)
    filed_on = models.DateField("报批备案日期", null=True, blank=True)
    filing_document_no = models.CharField("书记批复、委员备案文号", max_length=60, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "升格"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization"],
                condition=~Q(state__in=[state.value for state in sorted(ENDED)]),
                name="upgrade_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} 升格"


class Term(models.Model):
    """届: term of an organisation's 班子; ``due_on`` is the day it ends by rule, ``extended_to`` an approved delay."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="terms", verbose_name="组织")
    valid_from = models.DateField("本届起始日")
    years = models.PositiveSmallIntegerField("任期（年）")
    due_on = models.DateField("届满日")
    extended_to = models.DateField("延期至", null=True, blank=True)
    document_no = models.CharField("文号", max_length=60, blank=True)
    valid_to = models.DateField("截止日", default=OPEN_END)

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "届期"
        ordering = ["organization", "valid_from"]
        constraints = [
            _dates("term_dates"),
            models.UniqueConstraint(fields=["organization", "valid_to"], name="term_one_to"),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.valid_from}"


class Post(models.Model):
    """党内职务 of a person in an organisation, with dates and the document that gave it."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="posts", verbose_name="组织")
    person = models.ForeignKey(Person, models.PROTECT, related_name="posts", verbose_name="任职人")
    title = models.CharField("职务", max_length=20)
    valid_from = models.DateField("任职日")
    valid_to = models.DateField("免职日", default=OPEN_END)
    document_no = models.CharField("文号", max_length=60, blank=True)
    reason = models.CharField("事由", max_length=200, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "党内职务"
        ordering = ["organization", "valid_from"]
        constraints = [
            _dates("post_dates"),
            models.UniqueConstraint(fields=["organization", "person", "title", "valid_to"], name="post_once"),
        ]
        indexes = [models.Index(fields=["person", "valid_to"], name="post_of_person")]  # posts beside a member's name

    def __str__(self) -> str:
        return f"{self.organization} {self.title} {self.person}"


class LeadAppointment(models.Model):
    """牵头党组织 of a community without a 总支: appointed by the street with 文号 and dates (rule book 1.1)."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="lead_appointments", verbose_name="社区"
    )
    branch = models.ForeignKey(Organization, models.PROTECT, related_name="leads", verbose_name="牵头支部")
    document_no = models.CharField("文号", max_length=60)
    valid_from = models.DateField("起始日")
    valid_to = models.DateField("截止日", default=OPEN_END)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "牵头党组织"
        constraints = [
            _dates("lead_dates"),
            models.UniqueConstraint(fields=["organization", "valid_to"], name="lead_one_to"),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.branch}"


class Body(models.Model):
    """A body of a community: 居委会、事务协商委员会、事务管理委员会、居务监督委员会、居民代表会议."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="bodies", verbose_name="社区")
    kind = models.CharField("机构", max_length=30, choices=[(kind.value, BODIES[kind].label) for kind in BodyKind])
    term_from = models.DateField("本届起始日")
    term_due_on = models.DateField("届满日")
    valid_from = models.DateField("成立日")
    valid_to = models.DateField("撤销日", default=OPEN_END)
    document_no = models.CharField("文号", max_length=60, blank=True)

    objects = BodyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "社区机构"
        ordering = ["organization", "kind"]
        constraints = [
            _dates("body_dates"),
            models.UniqueConstraint(fields=["organization", "kind", "valid_to"], name="body_one_of_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.get_kind_display()}"


class Seat(models.Model):
    """A person's seat in a body, with dates; ``kinship_declared`` tells 未申报 from 无近亲属关系."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="seats", verbose_name="机构")
    person = models.ForeignKey(Person, models.PROTECT, related_name="seats", verbose_name="成员")
    title = models.CharField("职务", max_length=20)
    constituency = models.CharField("居民小组", max_length=40, blank=True)
    kinship_declared = models.BooleanField("已申报近亲属关系", default=False)
    valid_from = models.DateField("起始日")
    valid_to = models.DateField("截止日", default=OPEN_END)
    reason = models.CharField("事由", max_length=200, blank=True)

    objects = BodyRowQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "机构成员"
        ordering = ["body", "valid_from"]
        constraints = [
            _dates("seat_dates"),
            models.UniqueConstraint(fields=["body", "person", "valid_to"], name="seat_once"),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.person}"


class Grid(models.Model):
    """网格: the spatial unit of a community; what is missing in it is a gap of coverage (rule book 1.1)."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="grids", verbose_name="社区")
    number = models.CharField("编号", max_length=20)
    bounds = models.CharField("四至", max_length=200)
    households = models.PositiveIntegerField("户数")
    buildings = models.CharField("楼栋", max_length=200, blank=True)
    leader = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="网格长")
    worker = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="专职网格员"
    )
    party_organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="covered_grids",
        verbose_name="所属支部或党小组",
    )
    valid_from = models.DateField("起始日")
    valid_to = models.DateField("截止日", default=OPEN_END)

    objects = GridQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "网格"
        ordering = ["organization", "number"]
        constraints = [
            _dates("grid_dates"),
            models.UniqueConstraint(fields=["organization", "number", "valid_to"], name="grid_one_number"),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.number} 网格"
