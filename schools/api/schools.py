"""Acts on schools, and what happened to them. Standing is a matter of audits: its viewset takes these over."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts.http import SignedInApiRequest
from core.answers import TAGGED, Versions, act
from core.keyset import Order
from core.paging import KeysetPages
from core.requests import Query, body_of
from schools import services
from schools.history import places_of
from schools.models import Change, Placement, School
from schools.serializers.acts import (
    CorrectSchoolBody,
    DatedBody,
    MergeBody,
    MoveBody,
    ReasonBody,
    RegisterBody,
    RenameBody,
)
from schools.serializers.places import PlacementSerializer
from schools.serializers.record import ChangeSerializer

ACTS = ("correct", "rename", "confirm", "move", "cancel_move", "close", "cancel_closing", "merge")
CODE = OpenApiParameter("code", str, OpenApiParameter.PATH)
ORDERS: dict[str, Order] = {"history": ("-at", "-pk"), "placements": ("valid_from", "pk")}


def part(serializer_class: Any) -> Callable:
    """A list below one school."""
    documented = extend_schema(parameters=[CODE], responses=serializer_class(many=True))
    routed = action(
        detail=True,
        serializer_class=serializer_class,
        filter_backends=(),
        filterset_class=None,
        query_class=Query,
        pagination_class=KeysetPages,
    )
    return lambda method: documented(routed(method))


class SchoolActs(Versions, GenericViewSet):
    lookup_field = "code"
    lookup_value_regex = r"[\w-]+"

    @extend_schema(request=RegisterBody, parameters=[TAGGED])
    def create(self, request: SignedInApiRequest) -> Response:
        """Enter a school in the register. Sent again, it is refused: its code is taken (409)."""
        said = RegisterBody(data=request.data, context=self.get_serializer_context())
        said.is_valid(raise_exception=True)
        school = services.register(**said.validated_data, by=request.user, at=timezone.now())
        self.kwargs["code"] = school.code
        return self.told(status=201)

    @act(CorrectSchoolBody)
    def correct(self, _request: SignedInApiRequest, code: str) -> Response:
        """Put right what the register says."""
        return self._after(services.correct)

    @act(RenameBody)
    def rename(self, _request: SignedInApiRequest, code: str) -> Response:
        """Give the school other names, since a day that has come."""
        return self._after(services.rename)

    @act()
    def confirm(self, _request: SignedInApiRequest, code: str) -> Response:
        """Say that all the register says of the school is right today."""
        return self._after(services.confirm)

    @act(MoveBody)
    def move(self, _request: SignedInApiRequest, code: str) -> Response:
        """Place the school in another district from a day on."""
        return self._after(services.move)

    @act(ReasonBody, url_path="cancel-move")
    def cancel_move(self, _request: SignedInApiRequest, code: str) -> Response:
        """Call off the move that is to come."""
        return self._after(services.cancel_move)

    @act(DatedBody)
    def close(self, _request: SignedInApiRequest, code: str) -> Response:
        """Take the school off the roll from a day on."""
        return self._after(services.close)

    @act(ReasonBody, url_path="cancel-closing")
    def cancel_closing(self, _request: SignedInApiRequest, code: str) -> Response:
        """Call off the closing, or the merger, that is to come."""
        return self._after(services.cancel_closing)

    @act(MergeBody)
    def merge(self, _request: SignedInApiRequest, code: str) -> Response:
        """Close the school from a day on in favour of another, which goes on."""
        return self._after(services.merge)

    @part(ChangeSerializer)
    def history(self, request: SignedInApiRequest, code: str) -> Response:
        """Who changed what, from when on and why, the newest first; of equipment for those who may see it."""
        rows = Change.objects.visible_to(request.user).filter(school=self.school()).select_related("by")
        changes = self.paginate_queryset(rows) or []
        context = self.get_serializer_context() | {"places": places_of(changes)}
        return self.get_paginated_response(ChangeSerializer(changes, many=True, context=context).data)

    @part(PlacementSerializer)
    def placements(self, _request: SignedInApiRequest, code: str) -> Response:
        """The districts the school was, is and will be placed in, the earliest first."""
        return self._listed(Placement.objects.with_places().filter(school=self.school()))

    def school(self) -> School:
        """The school in the address, on the roll or not: one that is closed answers an act with 409, not 404."""
        return get_object_or_404(School.objects.visible_to(self.request.user), code=self.kwargs["code"])

    @property
    def answers_a_list(self) -> bool:
        return self.action in ORDERS or super().answers_a_list

    def keyset_order(self) -> Order:
        return ORDERS[self.action]

    def _after(self, service: Callable) -> Response:
        # The school is found before the body is read: a stranger learns nothing from what is wrong with the body.
        school = self.school()
        expects = self.expected(school.version)
        service(school=school, by=self.request.user, at=timezone.now(), expects=expects, **body_of(self))
        return self.told()

    def _listed(self, rows: QuerySet) -> Response:
        return self.get_paginated_response(self.get_serializer(self.paginate_queryset(rows), many=True).data)
