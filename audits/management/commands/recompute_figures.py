"""Recompute the kept figures of every area, or check them against a fresh count."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from audits import compliance
from audits.compliance import Counts
from audits.drift import changes, find_drift
from audits.models import AreaFigures
from schools.areas import all_areas


class Command(BaseCommand):
    help = "Recompute the figures of every area for today."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="write nothing; compare the newest figures of every area with a fresh count, and exit 1 on drift",
        )

    def handle(self, *_arguments: Any, check: bool, **_options: Any) -> None:
        if check:
            self._check()
        else:
            self._recompute()

    def _check(self) -> None:
        drifts = list(find_drift(timezone.localdate()))
        for drift in drifts:
            self.stdout.write(str(drift))
        if drifts:
            raise CommandError(f"Areas that drifted: {len(drifts)}.")
        self.stdout.write("No drift.")

    def _recompute(self) -> None:
        areas = all_areas(timezone.localdate())
        changed = 0
        for area in areas:
            was = AreaFigures.objects.of(area).newest_first().first()
            became = compliance.counts_of(compliance.recompute(area))
            if said := changes(compliance.counts_of(was) if was else Counts(), became):
                self.stdout.write(f"{area.key}: {', '.join(said)}")
                changed += 1
        self.stdout.write(f"Areas recomputed: {len(areas)}, changed: {changed}.")
