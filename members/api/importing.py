"""Imports of a roster: uploaded, watched, looked at row by row, confirmed or discarded."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http.response import HttpResponseBase
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from linshu.figures.registry import LEVEL_WORDS, Look
from linshu.rest.exceptions import BadQuery
from linshu.rest.serializers import Input, Output
from linshu.rest.views import FileNegotiation, ScopedReadOnlyViewSet
from linshu.scope import Actor, Right
from linshu.sheets import MEDIA_TYPE
from linshu.web.views import attachment
from members.access import allowed_import_actions
from members.models import Import, ImportRow, Membership
from members.providers.foreseeing import turns
from members.rules.importing import IN_PREVIEW, Verdict
from members.services import importing
from members.services.importing.foreseeing import foresee, pages_of
from members.services.importing.reporting import report_of

LEVELS = [(level.value, word) for level, word in LEVEL_WORDS.items()]
VERDICTS = [verdict.value for verdict in Verdict]


class UploadInput(Input):
    """A roster: .xlsx or .csv, as the page takes it."""

    file = serializers.FileField(max_length=200, help_text="名册文件：.xlsx 或 .csv。")


class ConfirmInput(Input):
    """How to write what the preview shows."""

    all_or_nothing = serializers.BooleanField(
        default=False, help_text="全部成功才写入：有一行有问题，就什么都不写。不选的，跳过有问题的行。"
    )


class AssignInput(Input):
    """What the file calls branches that it does not name clearly."""

    branches = serializers.DictField(
        child=serializers.CharField(max_length=40),
        help_text="文件里写的支部（问题的 rule 为“组织存在”的 value）：指定的支部编码。指定后整份文件重新核对。",
    )


class ImportOutput(Output):
    """An import. Ask again every few seconds while ``state`` is ``reading`` or ``writing``."""

    class Meta:
        model = Import
        fields: tuple[str, ...] = (
            "id", "state", "name", "fingerprint", "organization", "sentence", "notes", "columns", "branches", "new_organizations",
            "same_organizations", "new", "changed", "same", "problem", "warned", "absent", "all_or_nothing",
            "written_organizations", "written_new", "written_changed", "job", "created_at", "finished_at", "settled_at",
            "allowed_actions",
        )  # fmt: skip

    def actions_of(self, actor: Actor, row: Import) -> Iterable[str]:
        return allowed_import_actions(actor, row)


class BranchOutput(serializers.Serializer[Any]):
    """A branch that gains members."""

    name = serializers.CharField(help_text="支部名称。")
    before = serializers.IntegerField(help_text="现有党员数。")
    after = serializers.IntegerField(help_text="写入以后的党员数。")


class TurnOutput(serializers.Serializer[Any]):
    """A rule check that would say something else after the import."""

    organization = serializers.IntegerField(source="organization_id", help_text="组织编号。")
    organization_name = serializers.CharField(source="organization", help_text="组织名称。")
    code = serializers.CharField(help_text="规则检查的代码，同 /api/v1/checks/。")
    before = serializers.ChoiceField(choices=LEVELS, help_text="现在的结果。")
    level = serializers.ChoiceField(choices=LEVELS, help_text="写入以后的结果。")
    sentence = serializers.CharField(help_text="写入以后怎样。")


class ForeseenOutput(serializers.Serializer[Any]):
    """What a confirmation would make of the branches of the file."""

    before = serializers.IntegerField(help_text="文件涉及的支部现有党员数。")
    after = serializers.IntegerField(help_text="写入以后的党员数。")
    branches = BranchOutput(many=True, help_text="人数增加的支部，最多 8 个。")
    more = serializers.IntegerField(help_text="没有列出的支部数。")
    checks = TurnOutput(
        many=True, help_text="结果会变的规则检查，新的不合、注意在前。文件里新成立的组织写入以后再检查。"
    )


class ImportDetailOutput(ImportOutput):
    """One import: while it waits to be confirmed, also what that would make of the branches."""

    foreseen = serializers.SerializerMethodField(help_text="确认以后；不在待确认时为空。")

    class Meta(ImportOutput.Meta):
        fields = (*ImportOutput.Meta.fields, "foreseen")

    @extend_schema_field(ForeseenOutput(allow_null=True))
    def get_foreseen(self, row: Import) -> Any:
        if row.state not in IN_PREVIEW:
            return None
        look = Look(self.context["request"].actor.scope(Right.MEMBERS_READ), timezone.localdate())
        told = vars(foresee(row, today=look.day)) | {"checks": turns(row, look)}
        return ForeseenOutput(told).data


class DifferenceOutput(serializers.Serializer[Any]):
    """What a column would become."""

    column = serializers.CharField(help_text="列名。")
    old = serializers.CharField(help_text="现在登记的，遮盖后的值。")
    new = serializers.CharField(help_text="文件里的，遮盖后的值。")


class RemarkOutput(serializers.Serializer[Any]):
    """What is to be said of a cell."""

    column = serializers.CharField(help_text="文件里写的列名。")
    value = serializers.CharField(help_text="遮盖后的值。")
    rule = serializers.CharField(help_text="依据的规则。")
    message = serializers.CharField(help_text="哪里不对。")
    remedy = serializers.CharField(help_text="怎样改正；没有另外要做的为空。")


class RowOutput(serializers.ModelSerializer[ImportRow]):
    """A row of the file: what it is to the register."""

    differences = DifferenceOutput(many=True, read_only=True)
    problems = RemarkOutput(many=True, read_only=True)
    warnings = RemarkOutput(many=True, read_only=True)
    member = serializers.IntegerField(help_text="在册的党员编号；还没有写入，或不在您的管理范围内的为空。")

    class Meta:
        model = ImportRow
        fields = read_only_fields = (
            "id", "sheet", "number", "verdict", "name", "member", "branch_code", "differences", "problems", "warnings",
        )  # fmt: skip


class AbsentOutput(serializers.ModelSerializer[Membership]):
    """A member of a branch the file touches who is not in it. Importing leaves him as he is."""

    name = serializers.CharField(source="person.name", help_text="姓名。")
    organization_name = serializers.CharField(source="organization.name", help_text="所在党组织全称。")

    class Meta:
        model = Membership
        fields = read_only_fields = ("id", "name", "organization", "organization_name", "category")


def upload(*, file: UploadedFile, by: Actor, now: datetime) -> Import:
    """The file as the service takes it."""
    return importing.begin(name=file.name or "", content=file.read(), by=by, now=now)


class ImportViewSet(ScopedReadOnlyViewSet):
    """名册导入：自己上传的，和涉及范围都在自己管理范围内的。上传后先核对，确认了才写入。"""

    queryset = Import.objects.all()
    right = Right.MEMBERS_IMPORT
    serializer_class = ImportOutput
    outputs = {"retrieve": ImportDetailOutput}
    parser_classes = [MultiPartParser]
    inputs = {"create": UploadInput, "confirm": ConfirmInput, "assign": AssignInput}
    needs = {"*": (Right.MEMBERS_IMPORT,)}

    def known_parameters(self) -> set[str]:
        known = super().known_parameters()
        paged = {"page", "page_size"} if self.action in ("listed", "absent") else set()
        return known | paged | ({"verdict"} if self.action == "listed" else set())

    @extend_schema(summary="上传名册，开始核对")
    def create(self, request: Request) -> Response:
        return self.call(upload)

    @extend_schema(
        responses=RowOutput(many=True),
        parameters=[
            OpenApiParameter("verdict", enum=VERDICTS, description="只列一种核对结果：新增、变更、无变化、有问题。"),
        ],
    )
    @action(detail=True, url_path="rows", name="文件里的行", serializer_class=RowOutput)
    def listed(self, request: Request, pk: str) -> Response:
        """In the order of the file."""
        verdict = request.query_params.get("verdict", "")
        if verdict and verdict not in VERDICTS:
            raise BadQuery(f"verdict 只能是：{'、'.join(VERDICTS)}。")
        found = self.get_object().rows.with_verdict(verdict).order_by("pk")
        rows = self.paginate_queryset(found) or []
        pages = pages_of(rows, self.actor.scope(Right.MEMBERS_READ), today=timezone.localdate())
        for row in rows:
            row.member = pages.get(row.pk)
        return self.get_paginated_response(RowOutput(rows, many=True).data)

    @extend_schema(responses=AbsentOutput(many=True))
    @action(detail=True, name="文件里没有的党员", serializer_class=AbsentOutput)
    def absent(self, request: Request, pk: str) -> Response:
        """As the register is now; nothing is done about them."""
        found = Membership.objects.within(self.actor.scope(Right.MEMBERS_READ)).absent_from(self.get_object())
        page = self.paginate_queryset(found.with_names().order_by("organization", "pinyin_key", "pk"))
        return self.get_paginated_response(AbsentOutput(page, many=True).data)

    @action(detail=True, methods=["post"], name="确认导入", parser_classes=[JSONParser])
    def confirm(self, request: Request, pk: str) -> Response:
        """Let a worker write what the preview showed."""
        return self.call(importing.confirm, import_=self.get_object())

    @action(detail=True, methods=["post"], name="指定支部", parser_classes=[JSONParser])
    def assign(self, request: Request, pk: str) -> Response:
        """Say which branches the file means; it is read again, nothing is written."""
        return self.call(importing.assign, import_=self.get_object())

    @action(detail=True, methods=["post"], name="不再处理没有写入的行", parser_classes=[JSONParser])
    def settle(self, request: Request, pk: str) -> Response:
        """Nothing more is done about the rows that were left out; otherwise they stay among what is owed."""
        return self.call(importing.settle, import_=self.get_object())

    @action(detail=True, methods=["post"], name="放弃导入", parser_classes=[JSONParser])
    def discard(self, request: Request, pk: str) -> Response:
        """Nothing is written, the file is deleted."""
        return self.call(importing.discard, import_=self.get_object())

    @extend_schema(
        responses={
            (200, MEDIA_TYPE): OpenApiTypes.BINARY,
            409: OpenApiResponse(description="名册文件已经删除"),
        }
    )
    @action(detail=True, name="下载核对结果", content_negotiation_class=FileNegotiation)
    def report(self, request: Request, pk: str) -> HttpResponseBase:
        """The file again with a column 问题; every time is recorded."""
        record = self.get_object()
        pieces = report_of(import_=record, only_problems=False, by=self.actor, now=timezone.now())
        return attachment(
            pieces, name=f"{record.name.rpartition('.')[0] or record.name}-核对结果.xlsx", media_type=MEDIA_TYPE
        )
