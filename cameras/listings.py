"""Cameras and systems of all schools a person serves: on a page and as a file, always the same rows."""

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bulk.listing import register
from cameras.filters import CameraFilterSet, SystemFilterSet, asks_for_state
from cameras.models import Camera, CameraSystem, Condition
from cameras.querysets import CameraQuerySet
from core.errors import Invalid
from core.keyset import KeysetPage, Order, page_of
from core.paging import PAGE_SIZE
from schools.listings import CHUNK, NarrowedListing, districts, with_district
from schools.models import District, School

OF_THE_SCHOOL = (_("School code"), _("School"), _("Locality"), _("District"), _("Region"))


class InventoryListing(NarrowedListing):
    """Equipment of today, for those who may know where a school looks; empty for everybody else."""

    order: ClassVar[Order]
    school_of: ClassVar[str]

    @abstractmethod
    def whole(self) -> QuerySet[Any]:
        """What was found, with all that a row is told with."""

    def page_of_rows(self) -> KeysetPage:
        """The page that the address asks for. A broken cursor makes the listing invalid."""
        try:
            return page_of(self.whole(), order=self.order, cursor=self.query.get("cursor", ""), size=PAGE_SIZE)
        except Invalid as broken:
            self.form.add_error(None, [*broken.problems])
            return KeysetPage([])

    def rows(self) -> Iterator[Sequence[object]]:
        places = districts()
        placed = with_district(self.whole(), school=self.school_of).order_by(*self.order)
        for row in placed.iterator(chunk_size=CHUNK):
            yield (*_where(row.register_school, row.district_id, places), *self.cells(row))

    @abstractmethod
    def cells(self, row: Any) -> Sequence[object]:
        """What a file says of a row beside where it is."""


@register
class CameraListing(InventoryListing):
    """Cameras that hang today."""

    name = "cameras"
    page = "cameras:camera_list"
    title = _("Cameras")
    order = ("system_id", "number", "pk")
    school_of = "system__school"
    filterset_class = CameraFilterSet
    heading = (
        *OF_THE_SCHOOL,
        *(_("System"), _("Number"), _("Zone"), _("Floor"), _("Outdoors"), _("Digital"), _("Model")),
        *(_("Width, px"), _("Height, px"), _("Frames per second"), _("Stream, Mbit/s")),
        *(_("Field of view, degrees"), _("Distance to the target, m"), _("Night mode"), _("Installed on")),
        *(_("Connected to the operations centre"), _("Condition"), _("Observed on"), _("Note")),
    )

    def everything(self) -> QuerySet[Camera]:
        return self._hanging().with_state(timezone.localdate())

    @cached_property
    def total(self) -> int:
        """Counted without what was reported of each, which takes most of the time, unless it is asked for."""
        if not self.is_valid or asks_for_state(self.query):
            return self.found.count()
        return self.filterset_class(self.query, queryset=self._hanging()).qs.count()

    def _hanging(self) -> CameraQuerySet:
        return Camera.objects.visible_to(self.user).installed(timezone.localdate())

    def whole(self) -> QuerySet[Camera]:
        return self.found.select_related("system__school")

    def cells(self, row: Any) -> Sequence[object]:
        return (
            *(row.system.number, row.number, row.get_zone_display(), row.floor),
            *(_yes_or_no(row.is_outdoor), _yes_or_no(row.is_digital), row.model),
            *(row.width_px, row.height_px, row.frames_per_second, row.bitrate_mbps),
            *(row.field_of_view, row.target_distance, _yes_or_no(row.has_night_mode), row.installed_on),
            *(_yes_or_no(row.is_connected), state_in_words(row.state), row.observed_on, row.note),
        )


@register
class SystemListing(InventoryListing):
    """Systems in service today."""

    name = "systems"
    page = "cameras:system_list"
    title = _("Video surveillance systems")
    order = ("school_id", "number", "pk")
    school_of = "school"
    filterset_class = SystemFilterSet
    heading = (
        *OF_THE_SCHOOL,
        *(_("Number"), _("Kind of system"), _("Video recorder"), _("Storage capacity, TB"), _("Storage period, days")),
        *(_("Backup power, minutes"), _("Connection to the operations centre"), _("Channel for video, Mbit/s")),
        *(_("Supplier"), _("Maintenance contract"), _("Maintenance contract until")),
        *(_("Installed on"), _("Commissioned on")),
    )

    def everything(self) -> QuerySet[CameraSystem]:
        return CameraSystem.objects.visible_to(self.user).in_service(timezone.localdate())

    def whole(self) -> QuerySet[CameraSystem]:
        return self.found.select_related("school")

    def cells(self, row: Any) -> Sequence[object]:
        return (
            *(row.number, row.get_kind_display(), row.recorder, row.storage_tb, row.storage_days),
            *(row.backup_minutes, row.get_centre_link_display(), row.channel_mbps),
            *(row.supplier, row.maintenance_contract, row.maintenance_until),
            *(row.installed_on, row.commissioned_on),
        )


def state_in_words(state: str | None) -> str | None:
    """None while nobody has reported."""
    return str(Condition.State(state).label) if state else None


def _where(school: School, district: int | None, places: Mapping[int | None, District]) -> Sequence[object]:
    placed = places.get(district)
    return (school.code, school.name, school.locality, placed and placed.name, placed and placed.region.name)


def _yes_or_no(value: bool | None) -> str | None:
    return None if value is None else gettext("Yes") if value else gettext("No")
