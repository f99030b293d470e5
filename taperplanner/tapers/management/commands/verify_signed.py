"""Read back everything that was signed, after a restore or whenever in doubt."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ...signed.verify import findings


class Command(BaseCommand):
    help = (
        "Compare every signed version with its hash and with the audit log. Ends with 1 if anything differs."
    )

    def handle(self, *_: Any, **__: Any) -> None:
        found = list(findings())
        for sentence in found:
            self.stderr.write(sentence)
        if found:
            raise CommandError(f"{len(found)} not as signed.")
        self.stdout.write("Everything is as it was signed.")
