"""Load East Kazakhstan on 25.08.2021, made up around the published figures."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from audits.sample import loading, people
from core.errors import Conflict


class Command(BaseCommand):
    help = "Load the sample: 647 made-up schools of East Kazakhstan on 25.08.2021. Only where SAMPLE_DATA is true."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--accounts-file",
            type=Path,
            default=settings.BASE_DIR / "var" / "sample-accounts.txt",
            help="where the sample accounts are written, one a line: role, e-mail, password",
        )

    def handle(self, *_arguments: Any, accounts_file: Path, **_options: Any) -> None:
        if not settings.SAMPLE_DATA:
            raise CommandError("The sample is loaded only where SAMPLE_DATA is true: its passwords are known to all.")
        if loading.is_loaded():
            self.stdout.write("The sample is already loaded.")
        else:
            try:
                loading.load()
            except Conflict as error:
                raise CommandError(str(error)) from error
            self.stdout.write("Sample loaded: East Kazakhstan on 25.08.2021. Accounts, for the sample only:")
            self.stdout.write("\n".join(people.account_lines()))
        try:
            accounts_file.parent.mkdir(parents=True, exist_ok=True)
            accounts_file.write_text("\n".join(people.account_lines()) + "\n", encoding="utf-8")
        except OSError as error:  # a container may be read-only; the sample is there all the same
            self.stderr.write(f"The accounts could not be written to a file: {error}")
