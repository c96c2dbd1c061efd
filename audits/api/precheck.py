"""The pre-check, for machines: read through the same functions as the pages."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.response import Response

from accounts.http import SignedInApiRequest
from audits import permissions
from audits.api.figures import readable_area
from audits.filters import compared_query
from audits.precheck import agreement, report
from audits.serializers.precheck import AgreementQuery, AgreementSerializer, PrecheckQuery, PrecheckSerializer
from core.requests import Asked
from schools.models import School


class PrecheckView(Asked):
    """What the edition in force on the day would say of a school, from its inventory alone."""

    query_class = PrecheckQuery

    @extend_schema(operation_id="precheck", parameters=[PrecheckQuery], responses=PrecheckSerializer)
    def get(self, request: SignedInApiRequest) -> Response:
        school = get_object_or_404(School.objects.visible_to(request.user), code=self.asked["school"])
        if not permissions.can_see_findings(request.user, school):
            raise PermissionDenied
        told = report(school, self.asked["as_of"])
        if told is None:
            raise NotFound(_("No edition of the standard was in force on that day."))
        document = {
            "school": school,
            "as_of": self.asked["as_of"],
            "edition": told.edition.code,
            "report": told,
            "sees_inventory": permissions.can_see_inventory(request.user, school),
        }
        return Response(PrecheckSerializer(document).data)


class AgreementView(Asked):
    """Per requirement, how often inspectors found what the pre-check expected, over approved audits."""

    query_class = AgreementQuery

    @extend_schema(operation_id="precheck_agreement", parameters=[AgreementQuery], responses=AgreementSerializer)
    def get(self, request: SignedInApiRequest) -> Response:
        if not permissions.can_compare(request.user):
            raise PermissionDenied
        area = readable_area(request.user, self.asked["area"])
        since, until = self.asked["since"], self.asked["until"]
        counted = agreement.count(area, since, until)
        address = request.build_absolute_uri(reverse("api-audits-list"))
        document = {
            "area": area,
            "since": since,
            "until": until,
            "whole": agreement.whole(counted.values()),
            "counted": counted,
            "address": f"{address}?{compared_query(area, since, until)}",
        }
        return Response(AgreementSerializer(document).data)
