"""What is asked of lists of equipment."""

from django.utils.translation import gettext_lazy as _

from core.requests import ReadQuery
from schools.serializers.places import AreaKeyField


class InventoryQuery(ReadQuery):
    area = AreaKeyField(required=False, help_text=_("Key of an area"))
