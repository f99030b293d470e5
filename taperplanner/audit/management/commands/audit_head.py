"""Write down where each chain ends, every night and with every backup."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from ...heads import append, heads_now


class Command(BaseCommand):
    help = "Append the head of each clinic's chain of events to a file outside the database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, required=True, metavar="FOLDER")

    def handle(self, *_: Any, **options: Any) -> None:
        try:
            count = append(options["to"], heads_now(timezone.now()))
        except OSError as problem:
            raise CommandError(f"No head was written: {problem}") from problem
        self.stdout.write(f"{count} heads are written.")
