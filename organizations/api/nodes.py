"""API of the nodes of the tree: read today or on a day, and every operation."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.utils import timezone
from django_filters import BooleanFilter, CharFilter, ChoiceFilter, NumberFilter
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from linshu.errors import NotPermitted
from linshu.rest.filters import Filters, OrganizationFilter
from linshu.rest.serializers import Output, PageActor
from linshu.rest.views import ScopedReadOnlyViewSet
from linshu.scope import Actor, Right, ScopedQuerySet
from organizations import access
from organizations.api import node_inputs as inputs
from organizations.api.fields import EndField
from organizations.models import KIND_CHOICES, Organization, OrganizationPeriod
from organizations.querysets import OrganizationQuerySet
from organizations.rules.kinds import KINDS, Kind
from organizations.services import correction, hanging, merging, operations
from organizations.tree import ids_below


class NodeOutput(Output):
    """A node: what it is, or with ``as_of`` what it was."""

    code = serializers.CharField()
    kind_name = serializers.SerializerMethodField(help_text="组织类型的名称")
    parent = serializers.SerializerMethodField(help_text="上级组织编号；县委为空")  # type: ignore[assignment]
    is_open = serializers.BooleanField(help_text="现在没有撤销")

    class Meta:
        model = Organization
        fields = (
            "id", "code", "name", "short_name", "kind", "kind_name", "group_kind", "parent", "established_on",
            "closed_on", "is_open", "allowed_actions",
        )  # fmt: skip

    def to_representation(self, instance: Organization) -> dict[str, Any]:
        told: dict[str, Any] = super().to_representation(instance)
        for name in ("name", "short_name", "kind", "group_kind"):
            told[name] = getattr(instance, f"day_{name}", told[name])
        return told

    def get_kind_name(self, row: Organization) -> str:
        return KINDS[Kind(getattr(row, "day_kind", row.kind))].label

    def get_parent(self, row: Organization) -> int | None:
        parent: int | None = getattr(row, "day_parent_id", row.parent_id)
        return parent

    @cached_property
    def root_actor(self) -> PageActor:
        """Operations are decided above the node: the parents of the page are asked for with its rows."""
        listed = isinstance(self.parent, serializers.ListSerializer)
        rows: list[Any] = list(self.parent.instance or []) if listed else [self.instance]  # type: ignore[attr-defined]
        above = [Organization(pk=row.parent_id) for row in rows if row.parent_id]
        return PageActor(self.context["request"].actor, [*rows, *above])

    def actions_of(self, actor: Actor, row: Organization) -> Iterable[str]:
        """The operations of the page's menu."""
        return [operation.code for operation in access.allowed_operations(actor, row)]


class NodeFilters(Filters):
    organization = OrganizationFilter(method="beneath")
    kind = ChoiceFilter(field_name="day_kind", label="组织类型", choices=KIND_CHOICES)
    parent = NumberFilter(field_name="day_parent_id", label="上级组织编号")
    is_open = BooleanFilter(field_name="closed_on", lookup_expr="isnull", label="现在没有撤销")
    code = CharFilter(label="组织编码")

    class Meta:
        model = Organization
        fields = ("organization", "kind", "parent", "is_open", "code")

    def beneath(self, rows: OrganizationQuerySet, name: str, value: int) -> OrganizationQuerySet:
        """What stood under the node on the day; today closed nodes stand where they stood last."""
        view = self.request.parser_context["view"]
        inside = view.actor.scope(view.right).narrowed(value)
        past = view.as_of < timezone.localdate()
        return rows.filter(pk__in=ids_below(value, view.as_of)) if past else rows.within(inside)


class CarriedOutput(serializers.Serializer[Any]):
    """A row that a merger or split would carry along."""

    key = serializers.CharField(help_text="拆分时用它点名随迁")
    label = serializers.CharField()  # type: ignore[assignment]
    full = serializers.BooleanField(help_text="正式党员")


class NodeViewSet(ScopedReadOnlyViewSet):
    """组织."""

    queryset = Organization.objects.all()
    right = Right.ORGANIZATIONS_READ
    needs = {"*": [Right.ORGANIZATIONS_EDIT], "correct": [Right.ORGANIZATIONS_CORRECT]}
    serializer_class = NodeOutput
    filterset_class = NodeFilters
    dated = True
    inputs = {
        "create": inputs.EstablishInput,
        "rename": inputs.RenameInput,
        "move": inputs.MoveInput,
        "merge": inputs.MergeInput,
        "split": inputs.SplitInput,
        "close": inputs.ChangeInput,
        "correct": inputs.CorrectInput,
    }
    outputs = {"carried": CarriedOutput}

    def rows(self) -> ScopedQuerySet[Any]:
        past = self.as_of if self.request.method == "GET" and self.as_of < timezone.localdate() else None
        return super().rows().described(past).order_by("tree_id", "lft")  # type: ignore[attr-defined]

    @extend_schema(summary="成立组织")
    def create(self, request: Request) -> Response:
        return self.call(operations.establish)

    @extend_schema(summary="更名")
    @action(detail=True, methods=["post"])
    def rename(self, request: Request, pk: str) -> Response:
        return self.call(operations.rename, node=self.get_object())

    @extend_schema(summary="调整隶属")
    @action(detail=True, methods=["post"])
    def move(self, request: Request, pk: str) -> Response:
        return self.call(operations.move, node=self.get_object())

    @extend_schema(summary="合并")
    @action(detail=True, methods=["post"])
    def merge(self, request: Request, pk: str) -> Response:
        return self.call(merging.merge, node=self.get_object())

    @extend_schema(summary="拆分")
    @action(detail=True, methods=["post"], pagination_class=None, filterset_class=None)
    def split(self, request: Request, pk: str) -> Response:
        return self.call(merging.split, node=self.get_object())

    @extend_schema(summary="撤销")
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: str) -> Response:
        return self.call(merging.close, node=self.get_object())

    @extend_schema(summary="更正登记差错")
    @action(detail=True, methods=["post"])
    def correct(self, request: Request, pk: str) -> Response:
        return self.call(correction.correct, node=self.get_object())

    @extend_schema(summary="合并、拆分时可以随迁的党员", responses=CarriedOutput(many=True))
    @action(detail=True, pagination_class=None, filterset_class=None)
    def carried(self, request: Request, pk: str) -> Response:
        node = self.get_object()
        if not access.can_restructure(self.actor, node):
            raise NotPermitted
        return Response(self.told(hanging.preview([node.pk], self.as_of)))


class PeriodOutput(Output):
    """What a node was from a day until before another; null: still."""

    organization_code = serializers.CharField(source="organization.code")
    valid_to = EndField()

    class Meta:
        model = OrganizationPeriod
        fields = (
            "id", "organization", "organization_code", "parent", "kind", "group_kind", "name", "short_name",
            "valid_from", "valid_to", "operation", "reason", "document_no", "allowed_actions",
        )  # fmt: skip

    def actions_of(self, actor: Actor, row: OrganizationPeriod) -> Iterable[str]:
        """An error is put right on the node, naming the period's first day."""
        return ["correct"] if actor.may(Right.ORGANIZATIONS_CORRECT, row.organization_id) else []


class PeriodFilters(Filters):
    kind = ChoiceFilter(label="组织类型", choices=KIND_CHOICES)

    class Meta:
        model = OrganizationPeriod
        fields = ("organization", "kind")


class PeriodViewSet(ScopedReadOnlyViewSet):
    """组织沿革: every period, or with ``as_of`` those of a day."""

    queryset = OrganizationPeriod.objects.select_related("organization").order_by("organization", "valid_from")
    right = Right.ORGANIZATIONS_READ
    serializer_class = PeriodOutput
    filterset_class = PeriodFilters
    dated = True

    def rows(self) -> ScopedQuerySet[Any]:
        rows: Any = super().rows()
        return rows.on(self.as_of) if "as_of" in self.request.query_params else rows
