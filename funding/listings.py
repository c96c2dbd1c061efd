"""Upgrade requests as they leave the portal as a file: the rows of their page."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bulk.listing import Listing, register
from core.filtering import PLACES
from funding.models import UpgradeRequest

CHUNK = 500


@register
class RequestListing(Listing):
    """Upgrade requests the person may see, the newest first. There are no filters yet."""

    name = "requests"
    page = "funding:request_list"
    title = gettext_lazy("Upgrade requests")
    heading = (
        "№",
        gettext_lazy("School code"),
        gettext_lazy("School"),
        gettext_lazy("Locality"),
        gettext_lazy("Purpose"),
        gettext_lazy("What is needed"),
        gettext_lazy("Violations"),
        gettext_lazy("Requested amount, ₸"),
        gettext_lazy("Filed"),
        gettext_lazy("Filed by"),
        gettext_lazy("Status"),
        gettext_lazy("Withdrawn"),
    )

    @property
    def is_valid(self) -> bool:
        return set(self.query) <= PLACES

    @property
    def caption(self) -> list[tuple[object, object]]:
        return [(_("As of"), date_format(timezone.localdate(), "SHORT_DATE_FORMAT"))]

    @property
    def found(self) -> QuerySet[Any]:
        return UpgradeRequest.objects.visible_to(self.user).for_list()

    @cached_property
    def total(self) -> int:
        return self.found.count()

    def rows(self) -> Iterator[Sequence[object]]:
        for request in self.found.iterator(chunk_size=CHUNK):
            yield (
                request.pk,
                request.school.code,
                request.school.name,
                request.school.locality,
                request.get_purpose_display(),
                request.description,
                request.cures,
                request.amount,
                request.filed_at,
                request.filed_by.name,
                request.get_status_display(),
                request.withdrawn_at,
            )
