"""Walk the evidence, every night and after a restore."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ...verify.evidence import findings


class Command(BaseCommand):
    help = (
        "Compare every event, and every row that never changes, with what was written. Names the first of each"
        " clinic that differs, and ends with 1 if any does."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--heads",
            type=Path,
            metavar="FOLDER",
            help="where audit_head writes; without it, a cut end is not seen",
        )
        parser.add_argument(
            "--all", action="store_true", help="name every one that differs, not only the first"
        )

    def handle(self, *_: Any, **options: Any) -> None:
        counts: dict[str, int] = {}
        for finding in findings(options["heads"], self._tell if options["verbosity"] else lambda _: None):
            where = finding.where
            counts[where] = counts.get(where, 0) + 1
            if options["all"] or counts[where] == 1:
                self.stderr.write(f"{where}: {finding.sentence}")
        if counts:
            raise CommandError(f"{sum(counts.values())} not as written.")
        if options["heads"] is None:
            self.stdout.write("No heads were compared: events cut off at the end of a chain are not seen.")
        self.stdout.write("Everything is as it was written.")

    def _tell(self, progress: str) -> None:
        self.stdout.write(progress)
        self.stdout.flush()
