"""Members on a day, their periods, and full values for a reason."""

from datetime import date
from typing import Any

import django_filters
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from linshu.errors import NotFound
from linshu.people.rules import id_number
from linshu.people.sealing import blind_index
from linshu.rest.exceptions import BadQuery
from linshu.rest.filters import Filters, OrganizationFilter
from linshu.rest.views import ScopedReadOnlyViewSet
from linshu.scope import Right
from members.api.changes import ChangeOutput
from members.api.history import HistoryOutput
from members.api.keeping import INPUTS
from members.api.serializers import (
    DeathOutput,
    FindInput,
    MemberOutput,
    MembershipOutput,
    RevealInput,
    RevealOutput,
)
from members.forms import AGES, EDUCATIONS, MOBILE, SEXES
from members.models import Category, Membership
from members.providers.history import history_of
from members.querysets import SORTS, MembershipQuerySet
from members.services.correcting import correct, regroup
from members.services.deaths import record_death, undo_death
from members.services.mobility import mark_home, mark_mobile
from members.services.registering import register_member
from members.services.requests import submit, submit_death
from members.services.revealing import reveal


class MembershipFilters(Filters):
    """The filters of the list page, under the same names."""

    organization = OrganizationFilter(method="beneath")
    q = django_filters.CharFilter(method="match", label="姓名、拼音首字母或手机尾号四位；证号请用 find。")
    category = django_filters.ChoiceFilter(
        choices=Category.choices, method="narrow", label="类别，查某一天的为当天的。"
    )
    mobile = django_filters.ChoiceFilter(choices=MOBILE, method="narrow", label="流动：yes 或 no。")
    sex = django_filters.ChoiceFilter(choices=SEXES, method="narrow", label="性别：1 男，2 女。")
    age = django_filters.ChoiceFilter(
        choices=AGES, method="narrow", label="年龄：60 为 60 岁及以上，36-45 为 36 至 45 岁。"
    )
    education = django_filters.ChoiceFilter(choices=EDUCATIONS, method="narrow", label="学历层次。")
    sort = django_filters.ChoiceFilter(choices=[(name, name) for name in SORTS], method="order", label="排序。")

    def beneath(self, rows: MembershipQuerySet, name: str, value: int) -> MembershipQuerySet:
        """What stood under the node on the day; who may ask for the node is decided by today's tree."""
        view = self.request.parser_context["view"]
        view.actor.scope(view.right).narrowed(value)
        return rows.below(value, view.as_of)

    def match(self, rows: MembershipQuerySet, name: str, value: str) -> MembershipQuerySet:
        return rows.matching(value)

    def narrow(self, rows: MembershipQuerySet, name: str, value: str) -> MembershipQuerySet:
        return rows.filtered(day=self.request.parser_context["view"].as_of, **{name: value})

    def order(self, rows: MembershipQuerySet, name: str, value: str) -> MembershipQuerySet:
        return rows.sorted(value)


class RegisterViewSet(ScopedReadOnlyViewSet):
    """What both lists share: the file, the names and the posts beside every row."""

    queryset = Membership.objects.order_by("pinyin_key", "pk")
    right = Right.MEMBERS_READ
    serializer_class = MembershipOutput
    filterset_class = MembershipFilters
    dated = True

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if id_number.resembles(request.query_params.get("q", "")):
            raise BadQuery("证号不能写在地址里。请用 POST /api/v1/members/find/，证号放在正文中。")

    @property
    def listed_on(self) -> date | None:
        """The day whose rows are listed; None where past and present ones are."""
        return None

    def rows(self) -> Any:
        return self._filed().with_organization().with_posts(self.as_of).with_waiting()

    def list_rows(self) -> Any:
        """Lines of the register."""
        return self._filed().lines(self.as_of)

    def _filed(self) -> Any:
        rows: Any = super().rows()
        if getattr(self, "swagger_fake_view", False):
            return rows
        rows = rows.with_file(self.actor.scope(self.right), today=timezone.localdate(), day=self.listed_on)
        return rows.on(self.listed_on) if self.listed_on else rows


class MemberViewSet(RegisterViewSet):
    """党员：某一天在册的人。"""

    inputs = {**INPUTS, "reveal": RevealInput, "find": FindInput}
    outputs = {
        **dict.fromkeys(("retrieve", "create", "find", "undo_death"), MemberOutput),
        **dict.fromkeys(("correct", "regroup", "mark_mobile", "mark_home"), MemberOutput),
        "history": HistoryOutput,
        "reveal": RevealOutput,
        "record_death": DeathOutput,
        "propose": ChangeOutput,
        "propose_death": ChangeOutput,
    }
    needs = {
        "create": [Right.MEMBERS_EDIT],
        "correct": [Right.MEMBERS_EDIT, Right.MEMBERS_PROPOSE],
        **dict.fromkeys(("regroup", "mark_mobile", "mark_home", "record_death"), (Right.MEMBERS_EDIT,)),
        "undo_death": [Right.ORGANIZATIONS_CORRECT],
        **dict.fromkeys(("propose", "propose_death"), (Right.MEMBERS_PROPOSE,)),
    }

    @property
    def listed_on(self) -> date | None:
        return self.as_of if self.action == "list" else None

    def told(self, result: Any) -> Any:
        """A membership just written is read again, with its file and its posts."""
        return super().told(self.rows().get(pk=result.pk) if isinstance(result, Membership) else result)

    def create(self, request: Request) -> Response:
        """Register a person; sex and birth date come from the number."""
        return self.call(register_member)

    @action(detail=True, methods=["post"], name="更正信息")
    def correct(self, request: Request, pk: str) -> Response:
        """Change what the register says: the community everything, a branch 电话、住址、学历."""
        return self.call(correct, membership=self.get_object())

    @action(detail=True, methods=["post"], name="调整党小组")
    def regroup(self, request: Request, pk: str) -> Response:
        return self.call(regroup, membership=self.get_object())

    @action(detail=True, methods=["post"], name="登记流动")
    def mark_mobile(self, request: Request, pk: str) -> Response:
        return self.call(mark_mobile, membership=self.get_object())

    @action(detail=True, methods=["post"], name="登记返回")
    def mark_home(self, request: Request, pk: str) -> Response:
        return self.call(mark_home, membership=self.get_object())

    @action(detail=True, methods=["post"], name="登记去世")
    def record_death(self, request: Request, pk: str) -> Response:
        """Final: the membership ends, and every post, seat and work in a grid with it."""
        return self.call(record_death, membership=self.get_object())

    @action(detail=True, methods=["post"], name="撤销去世登记")
    def undo_death(self, request: Request, pk: str) -> Response:
        return self.call(undo_death, membership=self.get_object())

    @action(detail=True, methods=["post"], name="报请更正")
    def propose(self, request: Request, pk: str) -> Response:
        """A branch asks its community for a correction."""
        return self.call(submit, membership=self.get_object())

    @action(detail=True, methods=["post"], name="报告去世")
    def propose_death(self, request: Request, pk: str) -> Response:
        """A branch tells its community that the member died."""
        return self.call(submit_death, membership=self.get_object())

    @extend_schema(responses=HistoryOutput)
    @action(detail=True, name="经历：组织关系、职务、申请、变更记录")
    def history(self, request: Request, pk: str) -> Response:
        """Where he belonged, what he held, what was asked and done; also of who died or left."""
        return Response(self.told(history_of(self.get_object(), self.actor)))

    @action(detail=True, methods=["post"], name="查看完整证号、电话或住址")
    def reveal(self, request: Request, pk: str) -> Response:
        """A full value, for a reason that is kept in the audit log; never cached, never replayed."""
        membership = self.rows().load(self.actor, Right.MEMBERS_REVEAL, pk=pk)
        response = self.call(reveal, membership=membership, secret=True)
        response["Cache-Control"] = "no-store"
        return response

    @extend_schema(responses=MemberOutput)
    @action(detail=False, methods=["post"], name="按证号查找")
    def find(self, request: Request) -> Response:
        """The member on the register with exactly this number, in scope; the number stands in the body only."""
        number = self.validated()["id_number"].strip().upper()
        rows = self.rows().readable(self.actor, self.right).on(timezone.localdate())
        found = rows.numbered(blind_index(number, purpose="id_number")).first()
        if found is None:
            raise NotFound("在您的管理范围内没有这个证号的党员。请核对证号。")
        return Response(self.told(found))


class PeriodFilters(MembershipFilters):
    """And by person, where the file is here."""

    person = django_filters.NumberFilter(method="of_person", label="人员编号。")

    def of_person(self, rows: MembershipQuerySet, name: str, value: Any) -> MembershipQuerySet:
        return rows.filter(person_id=value, has_file=True)


class MembershipViewSet(RegisterViewSet):
    """组织关系：每一段登记，含以前的；写明 as_of 的只列当天的。"""

    filterset_class = PeriodFilters

    @property
    def listed_on(self) -> date | None:
        return self.as_of if self.action == "list" and "as_of" in self.request.query_params else None
