"""What the REST API answers: the fields that were asked for, under a tag that changes whenever the answer does.

A tag is `"v3-5f2b…"`: the version of the record, then what its document says. Sent back as If-None-Match it spares the
document that is known (304); as If-Match it lets an act happen only to the version the person saw (412).
"""

import hashlib
import re
from abc import abstractmethod
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ErrorDetail
from rest_framework.fields import empty
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from core.errors import Outdated
from core.requests import Asked, Body, ChoiceQuery

# A proxy that compresses marks a tag as weak; its version is as good as before.
TAG = re.compile(r'(?:W/)?"v(\d{1,9})-[0-9a-f]+"')

IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, description="ETag of what you saw: 412 if it was changed meanwhile"
)
TAGGED = OpenApiParameter("ETag", str, OpenApiParameter.HEADER, response=[200, 201], description="Version and content")


def act(body: type[Body] = Body, *, answer: Any = None, status: int = 200, **options: Any) -> Callable:
    """A POST below one record; the body is read by its serializer, the answer is the record as it is then.

    Without `answer` the class that takes the act over says what it answers.
    """
    request = None if body is Body else body
    responses = empty if answer is None else {status: answer}
    documented = extend_schema(request=request, parameters=[IF_MATCH, TAGGED, ChoiceQuery], responses=responses)
    routed = action(detail=True, methods=["post"], serializer_class=body, **options)
    return lambda method: documented(routed(method))


class Chosen(serializers.Serializer):
    """A serializer that says only the fields asked for, where `fields` of its context names some."""

    def get_fields(self) -> dict[str, serializers.Field]:
        chosen = self.context.get("fields")
        return {name: field for name, field in super().get_fields().items() if chosen is None or name in chosen}


class Choosing(Asked):
    """A view whose reader may choose the fields: `query_class` is a ChoiceQuery, its serializers Chosen ones."""

    document_class: type[Chosen]

    def get_serializer_context(self) -> dict[str, Any]:
        said = self.asked if self.request else {}
        return super().get_serializer_context() | {"fields": said.get("fields")}  # type: ignore[misc]


class Versions(Choosing):
    """A view of records that people change, each with its version."""

    @abstractmethod
    def document_now(self) -> tuple[int, Mapping[str, Any]]:
        """Version and document of the record in the address, as they are now."""

    def told(self, *, status: int = 200) -> Response:
        """The record in the address, or 304 for who knows it already."""
        version, document = self.document_now()
        tag = tag_of(version, document)
        known = parse_etags(self.request.headers.get("If-None-Match", ""))
        is_known = self.request.method in {"GET", "HEAD"} and ("*" in known or tag in map(_strong, known))
        response = Response(status=304) if is_known else Response(document, status=status)
        response["ETag"] = tag
        patch_cache_control(response, private=True, no_cache=True)
        return response

    def expected(self, version: int) -> int | None:
        """The version the person saw, for `expects` of a service; None without If-Match. `version` is the present one.

        ValidationError for an If-Match that is no tag of ours.
        """
        said = self.request.headers.get("If-Match", "").strip()
        if said in {"", "*"}:
            return None
        tags = [TAG.fullmatch(tag.strip()) for tag in said.split(",")]
        seen = [int(tag[1]) for tag in tags if tag]
        if len(seen) < len(tags):
            problem = ErrorDetail(_("Send the ETag of the record as it was answered."), code="invalid")
            raise serializers.ValidationError({"If-Match": [problem]})
        return version if version in seen else max(seen)

    def handle_exception(self, exc: Exception) -> Response:
        """With the tag of what is there now, for the one who saw something older."""
        response = super().handle_exception(exc)
        if isinstance(exc, Outdated):
            response["ETag"] = tag_of(*self.document_now())
        return response


def tag_of(version: int, document: Mapping[str, Any]) -> str:
    return f'"v{version}-{hashlib.sha256(JSONRenderer().render(document)).hexdigest()[:32]}"'


def _strong(tag: str) -> str:
    return tag.removeprefix("W/")
