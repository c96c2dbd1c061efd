"""Carries out a reform of areas from the file of its plan: manage.py reform_areas plan.json --by head@example.kz"""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.errors import Refused
from schools import reform


class Command(BaseCommand):
    help = "Move districts and schools to new ones from a day on, as the plan in the file says"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("plan", type=Path, help="JSON; an example lies in schools/reference/reforms/")
        parser.add_argument("--by", required=True, help="E-mail of the head of the department who answers for it")
        parser.add_argument("--dry-run", action="store_true", help="Say what would happen, and change nothing")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        by = User.objects.filter(email__iexact=options["by"], is_active=True).first()
        if by is None:
            raise CommandError(f"There is no active person {options['by']}.")
        try:
            plan = reform.read_plan(json.loads(options["plan"].read_text(encoding="utf-8")))
            self._tell(reform.weigh(plan=plan, by=by, at=timezone.now()))
            if options["dry_run"]:
                return
            carried_out = reform.reform(plan=plan, by=by, at=timezone.now())
        except (OSError, ValueError) as error:
            raise CommandError(f"{options['plan']}: {error}") from error
        except Refused as refused:
            raise CommandError("\n".join(refused.problems)) from refused
        self.stdout.write(f"{carried_out.schools} schools move on {carried_out.effective_on}.")

    def _tell(self, takeovers: list[reform.Takeover]) -> None:
        for takeover in takeovers:
            how = "all of" if takeover.part.takes_all else "from"
            schools = len(takeover.placements)
            self.stdout.write(f"{takeover.part.slug}: {schools} schools, {how} {takeover.predecessor.slug}")
