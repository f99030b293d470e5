"""Derive the day book of everybody anew, and name every line that was not as the records have it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ...rebuilding import rebuild


class Command(BaseCommand):
    help = (
        "Write the day book anew. Names each line that was missing or too many, and ends with 1 if any was."
    )

    def handle(self, *_: Any, **__: Any) -> None:
        patients = wrong = 0
        for count, difference in rebuild():
            patients += count
            for sentence in difference.sentences:
                wrong += 1
                self.stderr.write(sentence)
            if self.stdout.isatty():
                self.stdout.write(f"\r{patients:,} patients", ending="")
        if wrong:
            raise CommandError(f"{wrong:,} differences, which are mended now, at {patients:,} patients.")
        self.stdout.write(f"The day book of {patients:,} patients is as the records have it.")
