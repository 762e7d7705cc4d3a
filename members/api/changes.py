"""API of 变更申请."""

from collections.abc import Iterable

from django_filters import ChoiceFilter
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from linshu.rest.filters import Filters
from linshu.rest.serializers import Output
from linshu.rest.views import ScopedReadOnlyViewSet
from linshu.scope import Actor, Right
from members.access import can_reveal_asked, steps_for
from members.api.keeping import ApproveInput, ReasonInput, ReturnInput
from members.api.serializers import RevealOutput
from members.models import ChangeRequest
from members.rules.changing import KIND_WORDS, STATE_WORDS
from members.services.approving import approve
from members.services.requests import return_, withdraw
from members.services.revealing import reveal_asked


class ToldOutput(serializers.Serializer[dict[str, str]]):
    """One change, masked."""

    field = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    old = serializers.CharField()
    new = serializers.CharField()


class ChangeOutput(Output):
    """A request; values are masked."""

    member = serializers.IntegerField(source="membership_id", help_text="党员编号。")
    name = serializers.CharField(source="membership.person.name", help_text="姓名。")
    organization_name = serializers.CharField(source="organization.name", help_text="所在支部全称。")
    changes = ToldOutput(source="told", many=True, help_text="要改的内容，已遮盖。")
    warnings = serializers.ListField(child=serializers.CharField(), help_text="核准前请核实的内容，逐条一句。")

    class Meta:
        model = ChangeRequest
        fields = (
            "id", "member", "name", "organization", "organization_name", "kind", "state", "on", "changes", "warnings", "reason",
            "requested_name", "requested_at", "decided_name", "decided_at", "opinion", "allowed_actions",
        )  # fmt: skip

    def actions_of(self, actor: Actor, row: ChangeRequest) -> Iterable[str]:
        yield from steps_for(actor, row)
        if can_reveal_asked(actor, row):
            yield "reveal"


class ChangeFilters(Filters):
    state = ChoiceFilter(choices=[*STATE_WORDS.items()], label="状态。")
    kind = ChoiceFilter(choices=[*KIND_WORDS.items()], label="事项。")

    class Meta:
        model = ChangeRequest
        fields = ("organization", "state", "kind")


class ChangeViewSet(ScopedReadOnlyViewSet):
    """变更申请：支部报送，社区核准。报送见 members/{id}/propose/。"""

    queryset = ChangeRequest.objects.with_names()
    right = Right.MEMBERS_READ
    serializer_class = ChangeOutput
    filterset_class = ChangeFilters
    inputs = {"approve": ApproveInput, "return_": ReturnInput, "reveal": ReasonInput}
    outputs = {"reveal": RevealOutput}
    needs = {
        "approve": [Right.MEMBERS_APPROVE],
        "return_": [Right.MEMBERS_APPROVE],
        "withdraw": [Right.MEMBERS_PROPOSE],
        "reveal": [Right.MEMBERS_REVEAL],
    }

    def request_under(self, right: Right) -> ChangeRequest:
        """The request where the right is held."""
        row: ChangeRequest = self.rows().load(self.actor, right, pk=self.kwargs["pk"])
        return row

    @action(detail=True, methods=["post"], name="核准")
    def approve(self, request: Request, pk: str) -> Response:
        """Approve and write; 409 where the register has changed since the branch asked."""
        return self.call(approve, request=self.request_under(Right.MEMBERS_APPROVE))

    @action(detail=True, methods=["post"], name="退回", url_path="return")
    def return_(self, request: Request, pk: str) -> Response:
        return self.call(return_, request=self.request_under(Right.MEMBERS_APPROVE))

    @action(detail=True, methods=["post"], name="撤回")
    def withdraw(self, request: Request, pk: str) -> Response:
        return self.call(withdraw, request=self.request_under(Right.MEMBERS_PROPOSE))

    @action(detail=True, methods=["post"], name="看申请的完整证号")
    def reveal(self, request: Request, pk: str) -> Response:
        """The number asked for, once, for a reason that is kept in the audit log."""
        response = self.call(reveal_asked, request=self.request_under(Right.MEMBERS_REVEAL), secret=True)
        response["Cache-Control"] = "no-store"
        return response
