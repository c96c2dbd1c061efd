"""Kept figures against a fresh count: what the nightly check and the command report."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date

from audits import compliance
from audits.compliance import Counts
from audits.models import AreaFigures
from schools.areas import Area, all_areas


@dataclass(frozen=True)
class Drift:
    """An area whose newest kept figures are not what its day counts to; `kept` is None where nothing is kept."""

    area: Area
    as_of: date
    kept: Counts | None
    fresh: Counts

    def __str__(self) -> str:
        said = f"{self.area.key} {self.as_of}"
        return f"{said}: {', '.join(changes(self.kept, self.fresh))}" if self.kept else f"{said}: nothing is kept"


def find_drift(today: date) -> Iterator[Drift]:
    """Every area that exists today and drifted. Writes nothing."""
    newest = {(row.region_id, row.district_id): row for row in AreaFigures.objects.newest_of_each_area()}
    for area in all_areas(today):
        row = newest.get((area.columns["region_id"], area.columns["district_id"]))
        as_of = row.as_of if row else today
        kept = compliance.counts_of(row) if row else None
        fresh = compliance.count(area, as_of)
        if kept != fresh:
            yield Drift(area, as_of, kept, fresh)


def changes(was: Counts, became: Counts) -> list[str]:
    """What differs, as `name was → became`."""
    before, after = asdict(was), asdict(became)
    return [f"{name} {before[name]} → {after[name]}" for name in before if before[name] != after[name]]
