"""The areas a person may choose from."""

from datetime import date

from django.utils.translation import gettext as _

from accounts.models import User
from schools.areas import areas_visible_to

Choices = list[tuple[str, str | list[tuple[str, str]]]]


def area_choices(user: User, on: date) -> Choices:
    """The areas of `on` whose figures the person may read, districts under the name of their region."""
    whole: Choices = []
    regions: dict[str, list[tuple[str, str]]] = {}
    for area in areas_visible_to(user, on):
        region = area.district.region if area.district else area.region
        if region:
            regions.setdefault(region.name, []).append((area.key, area.name))
        else:
            whole.append((area.key, area.name))
    return [("", _("All areas I serve")), *whole, *regions.items()] if whole or regions else []
