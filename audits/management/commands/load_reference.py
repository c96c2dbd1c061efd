"""Load the regions, the districts and the standard that come with the product."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from audits.editions import load_standard
from core.errors import Invalid
from schools.places import load_places


class Command(BaseCommand):
    help = "Load regions, districts and the standard from the reference files. Safe to run again."

    def handle(self, *_arguments: Any, **_options: Any) -> None:
        try:
            with transaction.atomic():
                places = load_places()
                published = load_standard()
        except Invalid as error:
            raise CommandError("\n".join(error.problems)) from error
        editions = ", ".join(edition.code for edition in published) or "none"
        self.stdout.write(
            f"Places: {places.places} ({places.added} added, {places.changed} changed). Editions published: {editions}."
        )
