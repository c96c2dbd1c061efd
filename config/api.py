"""The REST API: every address of it, and how each refusal is said."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import Http404
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.utils import timezone
from drf_spectacular.contrib.knox_auth_token import KnoxTokenScheme
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import SimpleRouter
from rest_framework.serializers import as_serializer_error
from rest_framework.settings import api_settings
from rest_framework.views import APIView, exception_handler

from accounts.api import TokenView
from audits.api.audits import AuditViewSet
from audits.api.figures import FiguresView, TrendView
from audits.api.precheck import AgreementView, PrecheckView
from audits.api.schools import SchoolViewSet
from audits.api.standard import EditionViewSet
from audits.api.violations import ViolationViewSet
from bulk.api.exports import ExportViewSet
from bulk.api.imports import ImportViewSet
from cameras.api.cameras import CameraViewSet
from cameras.api.systems import SystemViewSet
from core.errors import Conflict, Outdated, Problem, Refused
from funding.api import UpgradeRequestViewSet
from schools.api.areas import AreaViewSet
from schools.api.reforms import ReformViewSet

PROBLEMS = {
    "type": "object",
    "description": "What stands in the way, all of it at once.",
    "required": ["errors"],
    "properties": {
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["code", "path", "message"],
                "properties": {
                    "code": {"type": "string", "description": "For programs; never translated"},
                    "path": {"type": "string", "description": "Where in what was sent: findings.0.value; may be blank"},
                    "message": {"type": "string", "description": "For people, in the language asked for"},
                },
            },
        }
    },
}
OUTDATED = {
    "type": "object",
    "description": "It was changed since you saw it, and nothing was done. The ETag of the answer is the present one.",
    "required": ["errors", "version", "differences"],
    "properties": {
        **PROBLEMS["properties"],  # type: ignore[dict-item]
        "version": {"type": "integer", "description": "The present one"},
        "differences": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "label", "was", "became", "by", "at"],
                "properties": {
                    **{name: {"type": "string"} for name in ("field", "label", "was", "became", "by")},
                    "at": {"type": "string", "format": "date-time"},
                },
            },
        },
    },
}


class TokenScheme(KnoxTokenScheme):
    """Tells the schema that our tokens are sent as those of knox."""

    target_class = "accounts.authentication.ApiTokenAuthentication"


def problem_response(error: Exception, context: dict[str, Any]) -> Response | None:
    """Every refusal as {"errors": [{"code", "path", "message"}]}, all of them at once; None for a fault of ours."""
    if isinstance(error, Refused):
        errors = {"errors": [_problem_of(error, said) for said in error.problems]}
        if isinstance(error, Outdated):
            was_expected = "If-Match" in context["request"].headers
            return Response(errors | _what_is_different(error), status=412 if was_expected else 409)
        return Response(errors, status=409 if isinstance(error, Conflict) else 400)
    if isinstance(error, DjangoValidationError):
        error = exceptions.ValidationError(as_serializer_error(error))
    elif isinstance(error, Http404):
        # Django's own says in English which table it looked in.
        error = exceptions.NotFound()
    response = exception_handler(error, context)
    if response is not None:
        response.data = {"errors": list(_problems(response.data))}
    return response


def _problems(detail: Any, path: str = "") -> Iterator[dict[str, str]]:
    """The leaves of what REST framework nests; a list of leaves belongs to the field that holds it."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            is_of_the_whole = name == api_settings.NON_FIELD_ERRORS_KEY or set(detail) == {"detail"}
            yield from _problems(inner, path if is_of_the_whole else f"{path}.{name}".lstrip("."))
    elif isinstance(detail, list):
        for place, inner in enumerate(detail):
            is_leaf = isinstance(inner, exceptions.ErrorDetail)
            yield from _problems(inner, path if is_leaf else f"{path}.{place}".lstrip("."))
    else:
        yield _problem(detail.code, path, detail)


def _what_is_different(outdated: Outdated) -> dict[str, Any]:
    differences = [asdict(each) | {"at": timezone.localtime(each.at)} for each in outdated.differences]
    return {"version": outdated.version, "differences": differences}


def _problem_of(refused: Refused, said: str) -> dict[str, str]:
    placed = said if isinstance(said, Problem) else Problem(said, "")
    return _problem(placed.code or refused.code, placed.path, placed)


def _problem(code: str, path: str, message: str) -> dict[str, str]:
    return {"code": code, "path": path, "message": str(message)}


def with_problems(result: dict, **_generation: Any) -> dict:
    """Says in the schema that every operation may answer with problems instead, and which with a difference."""
    result["components"]["schemas"] |= {"Problems": PROBLEMS, "Outdated": OUTDATED}
    for operations in result["paths"].values():
        for operation in operations.values():
            operation["responses"]["default"] = _refusal("Refused", "Problems")
            if any(parameter["name"] == "If-Match" for parameter in operation.get("parameters", ())):
                operation["responses"]["412"] = _refusal("Changed meanwhile", "Outdated")
    return result


def _refusal(description: str, schema: str) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {"description": description, "content": content}


@extend_schema(exclude=True)
class NoSuchAddress(APIView):
    """Keeps the answers in one format for what is not there."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        raise exceptions.NotFound


router = SimpleRouter()
router.register("areas", AreaViewSet, basename="api-areas")
router.register("schools", SchoolViewSet, basename="api-schools")
router.register("audits", AuditViewSet, basename="api-audits")
router.register("editions", EditionViewSet, basename="api-editions")
router.register("systems", SystemViewSet, basename="api-systems")
router.register("cameras", CameraViewSet, basename="api-cameras")
router.register("violations", ViolationViewSet, basename="api-violations")
router.register("reforms", ReformViewSet, basename="api-reforms")
router.register("requests", UpgradeRequestViewSet, basename="api-requests")
router.register("exports", ExportViewSet, basename="api-exports")
router.register("imports", ImportViewSet, basename="api-imports")

urlpatterns: list[URLPattern | URLResolver] = [
    path("token/", TokenView.as_view(), name="api-token"),
    path("figures/", FiguresView.as_view(), name="api-figures"),
    path("figures/trend/", TrendView.as_view(), name="api-figures-trend"),
    path("precheck/", PrecheckView.as_view(), name="api-precheck"),
    path("precheck/agreement/", AgreementView.as_view(), name="api-precheck-agreement"),
    path("", include(router.urls)),
    path("schema/", SpectacularJSONAPIView.as_view(), name="api-schema"),
    # An address without its closing slash is not caught, so that it is led to the one with it.
    re_path(r"^(?:.*/)?$", NoSuchAddress.as_view()),
]
