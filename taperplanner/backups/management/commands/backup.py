"""Back the database up into one file, every night and before every update."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error as DatabaseError
from django.utils import timezone

from taperplanner.sealed import Refused

from ...making import make_backup


class Command(BaseCommand):
    help = (
        "Write the database into one file, open it again and read back everything that was signed. Encrypted with the"
        " first key of BACKUP_KEYS. Ends with 1 if there is no backup, or one that is not as it was written."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("to", type=Path, help="a folder, or a file that is not there yet")
        parser.add_argument(
            "--work-in",
            type=Path,
            metavar="FOLDER",
            help="where the copy lies meanwhile, unencrypted: room for the database once (else where TMPDIR says)",
        )
        parser.add_argument(
            "--check-in",
            metavar="URL",
            help="PostgreSQL: an empty database to restore it into once; else one is made, and is gone afterwards",
        )

    def handle(self, *_: Any, to: Path, **options: Any) -> None:
        try:
            made = make_backup(
                to=to,
                at=timezone.now(),
                tell=self._tell if options["verbosity"] else lambda _: None,
                work_in=options["work_in"],
                check_in=options["check_in"],
            )
        except (Refused, OSError, DatabaseError) as problem:
            raise CommandError(f"There is no backup. {str(problem).strip()}") from problem
        self.stdout.write(made.in_words)
        for sentence in made.differs:
            self.stderr.write(sentence)
        if made.differs:
            raise CommandError(
                f"It is a copy of what is there, and {len(made.differs)} things there are not as they were written."
            )
        self.stdout.write("It was opened again, and everything in it is as it was written.")

    def _tell(self, progress: str) -> None:
        self.stdout.write(progress)
        self.stdout.flush()
