"""Put a backup into a new place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error as DatabaseError

from taperplanner.sealed import Refused

from ...restoring import Restored, restore


class Command(BaseCommand):
    help = (
        "Put a backup into a database where nothing is, and read back there everything that was signed. Ends with 1,"
        " and leaves nothing, if anything differs."
    )
    requires_system_checks = ()  # the application's own database may be gone

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("backup", type=Path)
        parser.add_argument(
            "--to",
            required=True,
            metavar="URL",
            help="the new place, written like DATABASE_URL: absent, or empty",
        )
        parser.add_argument(
            "--work-in",
            type=Path,
            metavar="FOLDER",
            help="PostgreSQL: where the content lies meanwhile, unencrypted (else where TMPDIR says)",
        )
        parser.add_argument(
            "--not-encrypted", action="store_true", help="take one without a key, though BACKUP_KEYS has one"
        )
        parser.add_argument(
            "--even-if-not-as-written", action="store_true", help="keep it, and name everything that differs"
        )

    def handle(self, *_: Any, backup: Path, to: str, **options: Any) -> None:
        try:
            restored = restore(
                backup=backup,
                to=to,
                tell=self._tell if options["verbosity"] else lambda _: None,
                work_in=options["work_in"],
                not_encrypted=options["not_encrypted"],
                even_if_not_as_written=options["even_if_not_as_written"],
            )
        except (Refused, OSError, DatabaseError) as problem:
            raise CommandError(f"Nothing is restored. {str(problem).strip()}") from problem
        self._say(restored)

    def _say(self, restored: Restored) -> None:
        for sentence in restored.differs:
            self.stderr.write(sentence)
        self.stdout.write(f"Restored: {restored.manifest.in_words}. {restored.ownership}")
        if restored.is_older:
            self.stdout.write(
                "It is of an earlier version, so what was signed was not read back yet. Next: set DATABASE_URL to the"
                " new place, and run manage.py migrate, manage.py check --deploy --database default and"
                " manage.py audit_verify before you serve it."
            )
            return
        if restored.differs:
            raise CommandError(
                f"It is there, and {len(restored.differs)} things are not as they were written."
            )
        self.stdout.write(
            "Everything in it is as it was written. Next: stop the server, set DATABASE_URL to the new place, run"
            " manage.py check --deploy --database default, begin a new folder of heads with manage.py audit_head, and"
            f" start it. What was saved after {restored.manifest.made_at} is not in it."
        )

    def _tell(self, progress: str) -> None:
        self.stdout.write(progress)
        self.stdout.flush()
