"""Regions and districts from the reference files. A place is known by its slug; whatever else the file says is kept."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from core.errors import Invalid
from core.reference_files import differences, fill, read
from schools.models import District, Region

REFERENCE = Path(__file__).parent / "reference"


@dataclass
class Loaded:
    """How many places the files name, and how many rows that made or changed."""

    places: int = 0
    added: int = 0
    changed: int = 0


@transaction.atomic
def load_places(folder: Path = REFERENCE) -> Loaded:
    """Make the regions and districts agree with the files, all or none. A place the files do not name is left alone.

    Raises Invalid, naming the place, for a file that is missing, broken or moves a district to another region.
    """
    loaded = Loaded()
    for values in read(path := folder / "regions.json"):
        _keep(fill(Region, values, path), values, loaded)
    regions = {region.slug: region for region in Region.objects.all()}
    region_of = dict(District.objects.values_list("slug", "region__slug"))
    for values in read(path := folder / "districts.json"):
        slug, region = values.get("slug"), values.pop("region", None)
        if region not in regions:
            raise Invalid(f"{path.name}: {slug}: there is no region {region!r}")
        if region_of.get(slug, region) != region:
            raise Invalid(f"{path.name}: {slug}: a district never changes region; a reform makes a new district")
        _keep(fill(District, values, path, region=regions[region]), values, loaded)
    return loaded


def _keep(place: Region | District, values: dict[str, Any], loaded: Loaded) -> None:
    loaded.places += 1
    kept = type(place).objects.filter(slug=place.slug).first()
    if kept is None:
        place.save()
        loaded.added += 1
        return
    # What a reform has abolished since stays so, whatever the file of its day said.
    ended = {"abolished_on"} if kept.abolished_on and not place.abolished_on else set()
    if changed := differences(kept, place, set(values) - ended):
        place.pk = kept.pk
        place.save(update_fields=changed)
        loaded.changed += 1
