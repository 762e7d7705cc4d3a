"""API of posts, terms and leading organisations."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django_filters import CharFilter, ChoiceFilter, NumberFilter
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from linshu.figures.registry import Look
from linshu.parameters.models import SEEDED_FROM
from linshu.rest.exceptions import BadQuery
from linshu.rest.filters import LARGEST_ID, Filters, OrganizationFilter, valid
from linshu.rest.serializers import Input, Output
from linshu.scope import Actor, Right, require
from organizations.api.dated import CloseInput, DatedViewSet
from organizations.api.fields import EndField, NodeField, PersonField
from organizations.models import OPEN_END, LeadAppointment, Post, Term
from organizations.providers import readings
from organizations.providers.holders import vacant_posts
from organizations.providers.panels import warn_days
from organizations.querysets import DatedQuerySet, TermQuerySet
from organizations.rules.terms import TERM_WORDS, TermState
from organizations.services import leads, posts, terms
from organizations.tree import ids_below


class PostOutput(Output):
    """A post."""

    organization_name = serializers.CharField(source="organization.name")
    person_name = serializers.CharField(source="person.name")
    valid_to = EndField()

    class Meta:
        model = Post
        fields = (
            "id", "organization", "organization_name", "person", "person_name", "title", "valid_from", "valid_to",
            "document_no", "reason", "allowed_actions",
        )  # fmt: skip

    def actions_of(self, actor: Actor, row: Post) -> Iterable[str]:
        """A post in force is relieved, any post is corrected."""
        if actor.may(Right.ORGANIZATIONS_EDIT, row.organization_id):
            yield from ["relieve"] if row.valid_to == OPEN_END else []
            yield "correct"


class AppointInput(Input):
    organization = NodeField()
    person = PersonField()
    title = serializers.CharField(max_length=20)
    on = serializers.DateField()
    document_no = serializers.CharField(max_length=60, required=False, allow_blank=True)


class CorrectInput(Input):
    title = serializers.CharField(max_length=20)
    valid_from = serializers.DateField()
    valid_to = serializers.DateField(default=OPEN_END)
    document_no = serializers.CharField(max_length=60, allow_blank=True)
    reason = serializers.CharField(max_length=200)


class OfTheDay(Filters):
    """``organization``: what stood under the node on the day; who may ask for the node is decided by today's tree."""

    organization = OrganizationFilter(method="beneath")

    @property
    def day(self) -> date:
        day: date = self.request.parser_context["view"].as_of
        return day

    def beneath(self, rows: DatedQuerySet, name: str, value: int) -> DatedQuerySet:
        view = self.request.parser_context["view"]
        view.actor.scope(view.right).narrowed(value)
        return rows.filter(organization__in=ids_below(value, self.day))


class PostFilters(OfTheDay):
    title = CharFilter(label="职务")
    person = NumberFilter(label="人员编号")

    class Meta:
        model = Post
        fields = ("organization", "title", "person")


class VacancyQuery(serializers.Serializer[Any]):
    """Where, and on which day."""

    organization = serializers.IntegerField(
        required=False, min_value=1, max_value=LARGEST_ID,
        help_text="组织编号：该组织及其当天的全部下级；不在管理范围内时返回 404。",
    )  # fmt: skip


class VacancyOutput(serializers.Serializer[Any]):
    """A post that nobody holds."""

    organization = serializers.IntegerField(source="node.pk", help_text="组织编号。")
    organization_name = serializers.CharField(source="node.name", help_text="当天的组织名称。")
    title = serializers.CharField(help_text="职务。")


class PostViewSet(DatedViewSet):
    """党内职务."""

    queryset = Post.objects.select_related("organization", "person")
    serializer_class = PostOutput
    filterset_class = PostFilters
    inputs = {"create": AppointInput, "relieve": CloseInput, "correct": CorrectInput}

    outputs = {"vacant": VacancyOutput}

    def known_parameters(self) -> set[str]:
        vacant = {"organization", "page", "page_size"} if self.action == "vacant" else set()
        return super().known_parameters() | vacant

    def create(self, request: Request) -> Response:
        return self.call(posts.appoint)

    @extend_schema(summary="空缺的职务", parameters=[VacancyQuery], responses=VacancyOutput(many=True), filters=False)
    @action(detail=False, methods=["get"], name="空缺的职务")
    def vacant(self, request: Request) -> Response:
        """书记 and committee posts that ought to be held and are not, in the order of the tree."""
        query = valid(VacancyQuery(data=request.query_params))
        if self.as_of < SEEDED_FROM:
            raise BadQuery(f"{SEEDED_FROM} 以前没有可以对照的规则，请选这一天或以后的日期。")
        require(self.actor, self.right)
        look, place = Look(self.actor.scope(self.right), self.as_of), query.get("organization")
        if place is not None:
            look.scope.narrowed(place)  # out of scope is 404, not an empty list
        inside = readings.below(look, place) if place is not None else None
        return self.get_paginated_response(self.told(self.paginate_queryset(list(vacant_posts(look, inside)))))

    @action(detail=True, methods=["post"], name="免去职务")
    def relieve(self, request: Request, pk: str) -> Response:
        return self.call(posts.relieve, post=self.editable())

    @action(detail=True, methods=["post"], name="更正职务")
    def correct(self, request: Request, pk: str) -> Response:
        return self.call(posts.correct, post=self.editable())


class TermOutput(Output):
    """A term."""

    organization_name = serializers.CharField(source="organization.name")
    valid_to = EndField()

    class Meta:
        model = Term
        fields = (
            "id", "organization", "organization_name", "valid_from", "years", "due_on", "extended_to", "document_no",
            "valid_to", "allowed_actions",
        )  # fmt: skip

    def actions_of(self, actor: Actor, row: Term) -> Iterable[str]:
        """The street extends the term in office."""
        running = row.valid_to == OPEN_END
        return ["extend"] if running and actor.may(Right.ORGANIZATIONS_RESTRUCTURE, row.organization_id) else []


class StartTermInput(Input):
    organization = NodeField()
    on = serializers.DateField()
    document_no = serializers.CharField(max_length=60, required=False, allow_blank=True)


class ExtendInput(Input):
    to = serializers.DateField()
    document_no = serializers.CharField(max_length=60)


class TermFilters(OfTheDay):
    state = ChoiceFilter(choices=[*TERM_WORDS.items()], method="standing", label="届期状态：已届满、将届满、任期内。")
    year = NumberFilter(method="ending", min_value=1, max_value=9999, label="届满（含延期）的年份。")

    class Meta:
        model = Term
        fields = ("organization", "state", "year")

    def standing(self, rows: TermQuerySet, name: str, value: str) -> TermQuerySet:
        return rows.standing(TermState(value), self.day, warn_days(self.day))

    def ending(self, rows: TermQuerySet, name: str, value: Decimal) -> TermQuerySet:
        return rows.ending_in(int(value))


class TermViewSet(DatedViewSet):
    """届期."""

    queryset = Term.objects.select_related("organization").with_end()
    serializer_class = TermOutput
    filterset_class = TermFilters
    inputs = {"create": StartTermInput, "extend": ExtendInput}

    def create(self, request: Request) -> Response:
        return self.call(terms.start_term)

    @action(detail=True, methods=["post"], name="延期换届")
    def extend(self, request: Request, pk: str) -> Response:
        return self.call(terms.extend_term, term=self.editable(Right.ORGANIZATIONS_RESTRUCTURE))


class LeadOutput(Output):
    """A leading organisation's appointment; a 总支 leads without one."""

    organization_name = serializers.CharField(source="organization.name")
    branch_name = serializers.CharField(source="branch.name")
    valid_to = EndField()

    class Meta:
        model = LeadAppointment
        fields = (
            "id", "organization", "organization_name", "branch", "branch_name", "document_no", "valid_from",
            "valid_to", "allowed_actions",
        )  # fmt: skip

    def actions_of(self, actor: Actor, row: LeadAppointment) -> Iterable[str]:
        """The street ends what is in force."""
        running = row.valid_to == OPEN_END
        return ["end"] if running and actor.may(Right.ORGANIZATIONS_RESTRUCTURE, row.organization_id) else []


class LeadInput(Input):
    organization = NodeField(Right.ORGANIZATIONS_RESTRUCTURE, source="community")
    branch = NodeField(Right.ORGANIZATIONS_RESTRUCTURE)
    on = serializers.DateField()
    document_no = serializers.CharField(max_length=60)


class LeadFilters(Filters):
    class Meta:
        model = LeadAppointment
        fields = ("organization",)


class LeadViewSet(DatedViewSet):
    """牵头党组织."""

    queryset = LeadAppointment.objects.select_related("organization", "branch")
    serializer_class = LeadOutput
    filterset_class = LeadFilters
    inputs = {"create": LeadInput, "end": CloseInput}

    def create(self, request: Request) -> Response:
        return self.call(leads.appoint_lead)

    @action(detail=True, methods=["post"], name="终止指定")
    def end(self, request: Request, pk: str) -> Response:
        return self.call(leads.end_lead, lead=self.editable(Right.ORGANIZATIONS_RESTRUCTURE))
