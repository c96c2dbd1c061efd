"""What the API accepts about schools: one body for each act, reshaped into the arguments of its service."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.requests import Body
from schools.models import School
from schools.permissions import NAMES
from schools.serializers.places import DistrictField
from schools.services.rules import DESCRIPTION, DETAILS, MAY_BE_LEFT_OUT


class ReasonField(serializers.CharField):
    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=500, help_text=_("Kept in the history of the school"), **options)


@extend_schema_field(serializers.CharField)
class SchoolField(serializers.Field):
    """A school by its code, of those the person reads."""

    default_error_messages = {"unknown": _("There is no such school.")}

    def to_internal_value(self, data: Any) -> School:
        code = serializers.CharField().run_validation(data)
        school = School.objects.visible_to(self.context["request"].user).filter(code=code).first()
        if school is None:
            self.fail("unknown")
        return school


class ReasonBody(Body):
    reason = ReasonField()


class DatedBody(ReasonBody):
    on = serializers.DateField()


class MoveBody(DatedBody):
    district = DistrictField(source="to", help_text=_("Key of the district: east-kazakhstan/ridder"))


class MergeBody(DatedBody):
    into = SchoolField(help_text=_("Code of the school that takes over"))


class RenameBody(Body, serializers.ModelSerializer):
    reason = ReasonField()
    on = serializers.DateField()

    class Meta:
        model = School
        fields = [*NAMES, "on", "reason"]

    def validate(self, said: dict[str, Any]) -> dict[str, Any]:
        return {"on": said["on"], "reason": said["reason"], "names": {name: said[name] for name in NAMES}}


class CorrectSchoolBody(Body, serializers.ModelSerializer):
    """Only what is to change. Which fields a person may change depends on its role."""

    reason = ReasonField(default="", allow_blank=True)

    class Meta:
        model = School
        fields = [*DESCRIPTION, "reason"]
        extra_kwargs = {name: {"required": False} for name in DESCRIPTION}

    def validate(self, said: dict[str, Any]) -> dict[str, Any]:
        return {"reason": said.pop("reason"), "values": said}


class RegisterBody(Body, serializers.ModelSerializer):
    # Without the validator of the model: a code that is taken is a conflict, and the service says so.
    code = serializers.CharField(max_length=12)
    district = DistrictField(help_text=_("Key of the district: east-kazakhstan/ridder"))
    reason = ReasonField()

    class Meta:
        model = School
        fields = ["code", "district", "opened_on", *DETAILS, "reason"]
        extra_kwargs = {name: {"required": False} for name in MAY_BE_LEFT_OUT}

    def validate(self, said: dict[str, Any]) -> dict[str, Any]:
        return said | {"details": {name: said.pop(name) for name in DETAILS if name in said}}
