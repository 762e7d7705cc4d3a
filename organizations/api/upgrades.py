"""API of the 升格: read, suggested, and taken step by step."""

from collections.abc import Iterable
from typing import Any

from django_filters import ChoiceFilter
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from linshu.rest.filters import Filters
from linshu.rest.serializers import Input, NameField, Output
from linshu.rest.views import ScopedReadOnlyViewSet
from linshu.scope import Actor, Right
from organizations.access import can_restructure
from organizations.api.fields import NodeField, PersonField
from organizations.models import Upgrade
from organizations.rules.kinds import Kind
from organizations.rules.posts import titles_of
from organizations.rules.upgrade import BranchPlan, State, actions_in
from organizations.services import upgrade as service


class UpgradeOutput(Output):
    """A 升格 with the days and documents of the steps taken."""

    organization_name = serializers.CharField(source="organization.name")
    state_name = serializers.CharField(source="get_state_display")

    class Meta:
        model = Upgrade
        fields = (
            "id", "organization", "organization_name", "state", "state_name", "members_count", "reason", "proposed_on",
            "document_no", "approved_on", "built_on", "election_due_on", "elected_on", "election_document_no",
            "filed_on", "filing_document_no", "allowed_actions",
        )  # fmt: skip

    def actions_of(self, actor: Actor, row: Upgrade) -> Iterable[str]:
        """The street takes the steps that the table allows now."""
        actions = actions_in(State(row.state))
        return [each.value for each in actions] if actions and can_restructure(actor, row.organization) else []


class ProposeInput(Input):
    organization = NodeField(source="node", help_text="社区的组织编号")
    reason = serializers.CharField(max_length=200)
    despite_fewer = serializers.BooleanField(required=False, help_text="党员没有超过规定人数，确因工作需要")
    on = serializers.DateField()


class DocumentInput(Input):
    document_no = serializers.CharField(max_length=60)
    on = serializers.DateField()


class WithdrawInput(Input):
    reason = serializers.CharField(max_length=200)


class BranchInput(Input):
    """What becomes of a 社区党支部: new names, or the id of the branch it goes ``into``."""

    branch = serializers.IntegerField()
    name = NameField(max_length=120, required=False, allow_blank=True)
    short_name = NameField(max_length=60, required=False, allow_blank=True)
    into = serializers.IntegerField(required=False, allow_null=True)


class BuildInput(Input):
    name = NameField(max_length=120)
    short_name = NameField(max_length=60)
    branches = BranchInput(many=True)
    on = serializers.DateField()

    def validate_branches(self, value: list[dict[str, Any]]) -> list[BranchPlan]:
        return [BranchPlan(**each) for each in value]


class ResultInput(Input):
    title = serializers.ChoiceField(choices=[(title, title) for title in titles_of(Kind.GENERAL_BRANCH)])
    person = PersonField()


class ElectInput(DocumentInput):
    results = ResultInput(many=True)

    def validate_results(self, value: list[dict[str, Any]]) -> list[tuple[str, Any]]:
        return [(each["title"], each["person"]) for each in value]


class UpgradeFilters(Filters):
    state = ChoiceFilter(label="状态", choices=Upgrade._meta.get_field("state").choices)

    class Meta:
        model = Upgrade
        fields = ("organization", "state")


class UpgradeViewSet(ScopedReadOnlyViewSet):
    """升格."""

    queryset = Upgrade.objects.select_related("organization").order_by("-pk")
    right = Right.ORGANIZATIONS_READ
    needs = {"*": [Right.ORGANIZATIONS_EDIT]}
    serializer_class = UpgradeOutput
    filterset_class = UpgradeFilters
    inputs = {
        "create": ProposeInput,
        "approve": DocumentInput,
        "build": BuildInput,
        "elect": ElectInput,
        "file": DocumentInput,
        "withdraw": WithdrawInput,
    }

    @extend_schema(summary="建议升格")
    def create(self, request: Request) -> Response:
        return self.call(service.propose)

    @extend_schema(summary="登记街道批复")
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, pk: str) -> Response:
        return self.call(service.approve, upgrade=self.get_object())

    @extend_schema(summary="升格并建立片区支部")
    @action(detail=True, methods=["post"])
    def build(self, request: Request, pk: str) -> Response:
        return self.call(service.build, upgrade=self.get_object())

    @extend_schema(summary="登记选举结果")
    @action(detail=True, methods=["post"])
    def elect(self, request: Request, pk: str) -> Response:
        return self.call(service.elect, upgrade=self.get_object())

    @extend_schema(summary="登记报批备案")
    @action(detail=True, methods=["post"])
    def file(self, request: Request, pk: str) -> Response:
        return self.call(service.file, upgrade=self.get_object())

    @extend_schema(summary="撤回建议")
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        return self.call(service.withdraw, upgrade=self.get_object())
