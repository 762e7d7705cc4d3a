"""Bases of the API's views: reading in scope, and calling a service."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from django.utils import timezone
from rest_framework import mixins, permissions, serializers
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from linshu.errors import NotFound, NotPermitted
from linshu.rest import filters
from linshu.rest.idempotency import attempt_of
from linshu.rest.services import Answer, once
from linshu.scope import Actor, Right, ScopedQuerySet


class ApiView:
    """What all views of the API share: the actor, known parameters, input of services. Mix in before DRF's view.

    ``inputs`` and ``outputs`` name the serializers per action (``{"rename": RenameInput}``): input and output apart.
    An action without output serializer answers with the one of the view; None in ``outputs`` is 204 without a body.
    ``needs`` names the rights a write asks for, one of which must be held somewhere: per action, ``*`` for the others.
    ``name`` of an ``@action`` is its Chinese title in the documentation.
    """

    inputs: Mapping[str, type[serializers.BaseSerializer[Any]]] = {}
    outputs: Mapping[str, type[serializers.BaseSerializer[Any]] | None] = {}
    needs: Mapping[str, Collection[Right]] = {}
    parameters: Collection[str] = ()  # query parameters beyond filters, paging and as_of
    dated = False  # takes ?as_of=
    request: Any
    action: str

    @property
    def actor(self) -> Actor:
        """Who asks; set by the authentication."""
        return self.request.actor

    @cached_property
    def as_of(self) -> date:
        """The day asked for, today where none is named."""
        return filters.as_of(self.request)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)  # type: ignore[misc]
        filters.refuse_unknown(request, self.known_parameters())

    def known_parameters(self) -> set[str]:
        """Query parameters that mean something here."""
        known = set(self.parameters) | ({"as_of"} if self.dated and self.request.method == "GET" else set())
        if getattr(self, "action", None) == "list":
            filterset_class = getattr(self, "filterset_class", None)
            known |= {"page", "page_size"} | set(filterset_class.base_filters if filterset_class else ())
        return known

    def perform_authentication(self, request: Request) -> None:
        try:
            super().perform_authentication(request)  # type: ignore[misc]
        except AuthenticationFailed:
            self.check_throttles(request)  # type: ignore[attr-defined]  # guessing tokens is counted too
            raise

    def check_permissions(self, request: Request) -> None:
        if not request.user.is_authenticated:
            self.check_throttles(request)  # type: ignore[attr-defined]  # DRF counts only who is let in
        super().check_permissions(request)  # type: ignore[misc]

    def call(self, service: Callable[..., Any], *, secret: bool = False, **arguments: Any) -> Response:
        """Run a service with the validated body, ``by`` and ``now``, and answer with what it returns: 201 for
        ``create``, else 200, or 204 where there is nothing to tell.

        With ``Idempotency-Key`` it runs once; ``secret`` marks an answer that must not be kept for a repetition.
        Who holds the right nowhere is told so (403) before the body is looked at (422).
        """
        needs = self.needs.get(self.action, self.needs.get("*", ()))
        if needs and not any(self.actor.may(right) for right in needs):
            raise NotPermitted
        values, now = self.validated(), timezone.now()
        status = 204 if self.output_of(self.action) is None else 201 if self.action == "create" else 200

        def run() -> Answer:
            return Answer(status, self.told(service(**arguments, **values, by=self.actor, now=now)))

        attempt = attempt_of(self.request)
        answer = run() if attempt is None else once(attempt, run=run, now=now, secret=secret)
        response = Response(answer.body, status=answer.status)
        if answer.replayed:
            response["Idempotent-Replayed"] = "true"
        return response

    def validated(self) -> dict[str, Any]:
        """The body, as the action's input serializer understands it."""
        input_class = self.inputs.get(self.action)
        if input_class is None:
            return {}
        body = input_class(data=self.request.data, context={"request": self.request, "view": self})
        body.is_valid(raise_exception=True)
        return dict(body.validated_data)

    def output_of(self, action: str) -> type[serializers.BaseSerializer[Any]] | None:
        """The serializer that tells the result of an action."""
        return self.outputs.get(action, getattr(self, "serializer_class", None))

    def told(self, result: Any) -> Any:
        """The result of a service, or a list of rows, as the API tells it."""
        output_class = self.output_of(self.action)
        if output_class is None:
            return None
        return output_class(result, many=isinstance(result, list), context={"request": self.request, "view": self}).data


class ScopedReadOnlyViewSet(ApiView, mixins.ListModelMixin, GenericViewSet[Any]):
    """A list and its rows, read in scope under ``right``: 404 out of scope, 403 in scope without the right.

    Set ``queryset`` (scoped), ``right``, ``serializer_class``, ``filterset_class``; override ``rows`` to select,
    annotate, or read a day (``super().rows().on(self.as_of)``), and ``list_rows`` where lists are read in another way than
    single rows. Life-cycle steps are ``@action(detail=True,
    methods=["post"])`` that return ``self.call(service, organization=self.get_object())``.
    """

    queryset: Any = None
    right: Right
    lookup_value_regex = "[0-9]+"

    def rows(self) -> ScopedQuerySet[Any]:
        """All rows before the scope is drawn."""
        assert isinstance(self.queryset, ScopedQuerySet)  # noqa: S101 - a programming error
        return self.queryset.all()

    def get_queryset(self) -> ScopedQuerySet[Any]:
        if getattr(self, "swagger_fake_view", False):  # the schema generator has no actor
            return self.rows().none()
        return self.list_rows().readable(self.actor, self.right)

    def list_rows(self) -> ScopedQuerySet[Any]:
        """The rows as lists tell them."""
        return self.rows()

    def get_serializer_class(self) -> Any:
        """What ``outputs`` says of the action, as for services; single rows may tell more than lists."""
        return self.output_of(self.action) or self.serializer_class

    def get_object(self) -> Any:
        key = self.kwargs[self.lookup_url_kwarg or self.lookup_field]
        return self.rows().load(self.actor, self.right, **{self.lookup_field: key})

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One row."""
        return Response(self.get_serializer(self.get_object()).data)


class FileNegotiation(DefaultContentNegotiation):
    """For downloads: whatever type is asked for, the file is what it is, and errors are JSON."""

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        return renderers[0], renderers[0].media_type


class UnknownPath(APIView):
    """An address the API does not have: 404 in the error shape."""

    permission_classes = [permissions.AllowAny]
    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        raise NotFound("接口没有这个地址。地址以“/”结尾；全部地址见 /api/v1/docs/。", code="unknown_path")
