"""API of the bodies of a community and their seats."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django_filters import ChoiceFilter, NumberFilter
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from linshu.people.models import Relation, Sex
from linshu.people.services.kinship import relations_of
from linshu.rest.filters import Filters, OrganizationFilter
from linshu.rest.serializers import Input, NameField, Output
from linshu.scope import Actor, Right
from organizations.api.dated import CloseInput, DatedViewSet
from organizations.api.fields import BodyField, EndField, NodeField, PersonField
from organizations.models import OPEN_END, Body, Seat
from organizations.providers.panels import seat_lines
from organizations.rules.bodies import BODIES, BodyKind
from organizations.rules.exclusions import JUDGED
from organizations.services import bodies, seats
from organizations.services.residents import Resident, known_person, seat_somebody

KIND_CHOICES = [(kind.value, spec.label) for kind, spec in BODIES.items()]


class BodyOutput(Output):
    """A body of a community."""

    organization_name = serializers.CharField(source="organization.name")
    kind_name = serializers.CharField(source="get_kind_display")
    valid_to = EndField()

    class Meta:
        model = Body
        fields = (
            "id", "organization", "organization_name", "kind", "kind_name", "term_from", "term_due_on", "valid_from",
            "valid_to", "document_no", "allowed_actions",
        )  # fmt: skip

    def actions_of(self, actor: Actor, row: Body) -> Iterable[str]:
        """A body in force begins a new term or is dissolved."""
        if row.valid_to != OPEN_END or not actor.may(Right.ORGANIZATIONS_EDIT, row.organization_id):
            return []
        return ["begin_term", "dissolve"]


class EstablishBodyInput(Input):
    organization = NodeField(source="community")
    kind = serializers.ChoiceField(choices=KIND_CHOICES)
    on = serializers.DateField()
    document_no = serializers.CharField(max_length=60, required=False, allow_blank=True)

    def validate_kind(self, value: str) -> BodyKind:
        return BodyKind(value)


class BeginTermInput(Input):
    on = serializers.DateField()
    document_no = serializers.CharField(max_length=60, required=False, allow_blank=True)


class ExclusionOutput(serializers.Serializer[Any]):
    """A seat's verdict; ``against`` is empty for who may not read exclusions."""

    seat = serializers.IntegerField(source="seat.pk")
    person_name = serializers.CharField(source="seat.person.name")
    verdict = serializers.CharField(source="verdict.word", help_text="通过、冲突或未申报；未申报不算通过。")
    against = serializers.CharField(help_text="与之有回避关系的人员；没有权限的为空。")


class BodyFilters(Filters):
    kind = ChoiceFilter(label="机构", choices=KIND_CHOICES)

    class Meta:
        model = Body
        fields = ("organization", "kind")


class BodyViewSet(DatedViewSet):
    """社区机构."""

    queryset = Body.objects.select_related("organization")
    serializer_class = BodyOutput
    filterset_class = BodyFilters
    inputs = {"create": EstablishBodyInput, "begin_term": BeginTermInput, "dissolve": CloseInput}
    outputs = {"exclusions": ExclusionOutput}

    def create(self, request: Request) -> Response:
        return self.call(bodies.establish_body)

    @action(detail=True, methods=["post"], name="机构换届")
    def begin_term(self, request: Request, pk: str) -> Response:
        return self.call(bodies.begin_term, body=self.editable())

    @action(detail=True, methods=["post"], name="撤销机构")
    def dissolve(self, request: Request, pk: str) -> Response:
        return self.call(bodies.dissolve_body, body=self.editable())

    @action(detail=True, name="近亲属回避", pagination_class=None, filterset_class=None)
    def exclusions(self, request: Request, pk: str) -> Response:
        body = self.get_object()
        names = self.actor.may(Right.EXCLUSIONS_READ, body.organization_id)
        return Response(self.told([line for line in seat_lines(body, self.as_of, names=names) if line.verdict]))


class SeatOutput(Output):
    """A seat in a body."""

    organization = serializers.IntegerField(source="body.organization_id")
    person_name = serializers.CharField(source="person.name")
    valid_to = EndField()

    class Meta:
        model = Seat
        fields = (
            "id", "organization", "body", "person", "person_name", "title", "constituency", "kinship_declared",
            "valid_from", "valid_to", "reason", "allowed_actions",
        )  # fmt: skip

    def actions_of(self, actor: Actor, row: Seat) -> Iterable[str]:
        """A seat in force is left; in bodies with exclusions its holder declares his relatives."""
        community = row.body.organization_id
        if row.valid_to != OPEN_END or not actor.may(Right.ORGANIZATIONS_EDIT, community):
            return
        yield "leave"
        if row.body.kind in JUDGED and actor.may(Right.EXCLUSIONS_READ, community):
            yield "declare_kinship"


class ResidentInput(Input):
    name = NameField(max_length=60)
    sex = serializers.ChoiceField(choices=Sex.choices)
    birth_date = serializers.DateField()
    id_number = serializers.CharField(max_length=18, required=False, allow_blank=True)


class SeatInput(Input):
    """Who sits: ``person`` known to the caller, or a ``resident`` typed in."""

    body = BodyField()
    person = PersonField(required=False)
    resident = ResidentInput(required=False)
    title = serializers.CharField(max_length=20)
    constituency = serializers.CharField(max_length=40, required=False, allow_blank=True)
    on = serializers.DateField()

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        """Exactly one of the two. A number registered elsewhere is refused here, before the transaction of an
        Idempotency-Key could take the event of the refusal with it."""
        person, typed = values.pop("person", None), values.pop("resident", None)
        if (person is None) == (typed is None):
            raise serializers.ValidationError({"person": "请在 person（已登记人员）和 resident（登记居民）中填一个。"})
        if typed is None:
            return values | {"who": person}
        who = Resident(**typed)
        known_person(who, body=values["body"], by=self.context["view"].actor, now=timezone.now())
        return values | {"who": who}


class KinInput(Input):
    person = serializers.IntegerField(help_text="同届成员的人员编号")
    relation = serializers.ChoiceField(choices=Relation.choices, allow_blank=True, help_text="空为无亲属关系")


class KinshipInput(Input):
    relations = KinInput(many=True)

    def validate_relations(self, value: list[dict[str, Any]]) -> dict[int, str]:
        return {each["person"]: each["relation"] for each in value}


class ColleagueOutput(serializers.Serializer[Any]):
    """Somebody whose relation to the holder must be declared, and what was declared."""

    person = serializers.IntegerField()
    name = serializers.CharField()
    relation = serializers.CharField(allow_blank=True, help_text="已申报的关系；空为没有")


class SeatFilters(Filters):
    organization = OrganizationFilter(field_name="body__organization")
    body = NumberFilter(label="机构编号")
    person = NumberFilter(label="人员编号")

    class Meta:
        model = Seat
        fields = ("organization", "body", "person")


class SeatViewSet(DatedViewSet):
    """机构成员."""

    queryset = Seat.objects.select_related("body__organization", "person")
    serializer_class = SeatOutput
    filterset_class = SeatFilters
    inputs = {"create": SeatInput, "leave": CloseInput, "declare_kinship": KinshipInput}
    outputs = {"colleagues": ColleagueOutput}

    def create(self, request: Request) -> Response:
        return self.call(seat_somebody)

    @action(detail=True, methods=["post"], name="机构成员离任")
    def leave(self, request: Request, pk: str) -> Response:
        return self.call(seats.leave, seat=self.editable())

    @action(detail=True, methods=["post"], name="申报亲属关系")
    def declare_kinship(self, request: Request, pk: str) -> Response:
        return self.call(seats.declare_kinship, seat=self.editable())

    @action(detail=True, name="须申报关系的同届成员", pagination_class=None, filterset_class=None)
    def colleagues(self, request: Request, pk: str) -> Response:
        seat = self.editable(Right.EXCLUSIONS_READ)
        known = relations_of(seat.person)
        people = seats.colleagues_of(seat).values()
        rows = [{"person": each.pk, "name": each.name, "relation": known.get(each.pk, "")} for each in people]
        return Response(self.told(rows))
