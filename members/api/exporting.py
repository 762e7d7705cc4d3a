"""Exports of the register: asked for, watched, fetched."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.http.response import HttpResponseBase
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from linshu.errors import Invalid, Problem
from linshu.people.sealing import blind_index
from linshu.rest.filters import LARGEST_ID
from linshu.rest.serializers import Input, Output
from linshu.rest.views import ApiView, FileNegotiation
from linshu.scope import Actor, Right
from linshu.sheets import MEDIA_TYPE
from linshu.web.views import attachment
from members.access import fetchable
from members.forms import AGES, EDUCATIONS, MOBILE, SEXES, RegisterFilter
from members.models import Category, Export, Membership
from members.querysets import SORTS
from members.services.exporting import fetch_export, numbered, request_export
from organizations.models import Organization


class ExportInput(Input):
    """Which rows, under the names of the filters of ``/members/``, and why."""

    organization = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=LARGEST_ID,
        help_text="组织编号：该组织及其全部下级；不填为您能导出的全部。",
    )
    as_of = serializers.DateField(required=False, help_text="名册日期，不晚于今天，默认今天。")
    q = serializers.CharField(
        required=False, allow_blank=True, max_length=60, help_text="姓名、拼音首字母或手机尾号四位，不能是证号。"
    )
    id_number = serializers.CharField(
        required=False, max_length=18, help_text="只导出这个证号的党员；只在正文里填写，证号不随导出保存。"
    )
    category = serializers.ChoiceField(required=False, choices=Category.choices, help_text="类别。")
    mobile = serializers.ChoiceField(required=False, choices=MOBILE, help_text="流动：yes 或 no。")
    sex = serializers.ChoiceField(required=False, choices=SEXES, help_text="性别：1 男，2 女。")
    age = serializers.ChoiceField(required=False, choices=AGES, help_text="年龄段。")
    education = serializers.ChoiceField(required=False, choices=EDUCATIONS, help_text="学历层次。")
    sort = serializers.ChoiceField(required=False, choices=[(name, name) for name in SORTS], help_text="排序。")
    reason = serializers.CharField(max_length=200, help_text="事由，至少 5 个字，写进文件，也记入审计日志。")


class ExportOutput(Output):
    """One's own export. Ask again every few seconds until ``state`` is ``done`` or ``failed``."""

    state = serializers.CharField(source="job.state", help_text="queued、running、done 或 failed。")
    sentence = serializers.CharField(source="job.sentence", help_text="现在在做什么；没有办成的是原因。")
    name = serializers.CharField(source="file.name", default=None, help_text="文件名；没有文件时为空。")
    size = serializers.IntegerField(source="file.size", default=None, help_text="字节数；没有文件时为空。")
    sha256 = serializers.CharField(source="file.sha256", default=None, help_text="内容指纹；没有文件时为空。")

    class Meta:
        model = Export
        fields = (
            "id", "organization", "day", "told", "reason", "rows", "masked", "job", "state", "sentence", "name", "size",
            "sha256", "created_at", "written_at", "expires_on", "allowed_actions",
        )  # fmt: skip

    def actions_of(self, actor: Actor, row: Export) -> Iterable[str]:
        return ["file"] if row.file and row.pk in self._fetchable else []

    @cached_property
    def _fetchable(self) -> set[int]:
        return fetchable(self.root_actor, self.root_actor.rows)


def ask(
    *, reason: str, by: Actor, now: datetime, organization: int | None = None, id_number: str = "", **told: Any
) -> Export:
    """The request, with the conditions read as the list page reads them."""
    place = Organization.objects.load(by, Right.MEMBERS_EXPORT, pk=organization) if organization else None
    form = RegisterFilter({name: str(value) for name, value in told.items()})
    if not form.is_valid():
        problems = [Problem(name, str(message)) for name, messages in form.errors.items() for message in messages]
        raise Invalid("没有导出，请先改正条件。", problems=problems)
    found = _found(id_number, by, form.cleaned_data["as_of"], timezone.localdate(now)) if id_number else None
    return request_export(selection=form.selection(place, found), reason=reason, by=by, now=now)


def _found(id_number: str, by: Actor, day: date, today: date) -> Membership:
    return numbered(blind_index(id_number.strip().upper(), purpose="id_number"), by, day, today=today)


class ExportViewSet(ApiView, ListModelMixin, GenericViewSet[Export]):
    """名册导出: one's own; somebody else's are not there."""

    queryset = Export.objects.none()
    serializer_class = ExportOutput
    inputs = {"create": ExportInput}
    needs = {"create": (Right.MEMBERS_EXPORT,)}
    lookup_value_regex = "[0-9]+"

    def get_queryset(self) -> Any:
        return Export.objects.of(self.request.user.pk)

    @extend_schema(summary="查看一次名册导出")
    def retrieve(self, request: Request, pk: str) -> Response:
        return Response(self.told(self.get_queryset().get_or_refuse(int(pk))))

    @extend_schema(summary="申请导出名册")
    def create(self, request: Request) -> Response:
        return self.call(ask)

    @extend_schema(
        responses={
            (200, MEDIA_TYPE): OpenApiTypes.BINARY,
            409: OpenApiResponse(description="文件还没有生成，或已到期删除"),
        }
    )
    @action(detail=True, methods=["get"], name="下载导出的文件", content_negotiation_class=FileNegotiation)
    def file(self, request: Request, pk: str) -> HttpResponseBase:
        """The file, in pieces; every time is recorded."""
        export = self.get_queryset().get_or_refuse(int(pk))
        found, pieces = fetch_export(export=export, by=self.actor, now=timezone.now())
        return attachment(pieces, name=found.name, media_type=found.media_type, size=found.size)
