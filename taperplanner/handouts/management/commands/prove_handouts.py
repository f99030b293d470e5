"""Prove that paper says what was signed: random schedules are printed, read back and compared."""

from __future__ import annotations

from functools import partial
from multiprocessing import get_context
from time import monotonic
from typing import Any

import django
from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--count", type=int, default=2000, help="how many schedules (2000)")
        parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same schedules (1)")
        parser.add_argument(
            "--processes", type=int, help="how many at once (as many as there are processors)"
        )

    def handle(self, *_: Any, count: int, seed: int, processes: int | None, **__: Any) -> None:
        try:
            from tests.proof.proving import prove  # noqa: PLC0415 - the tests alone bring pypdf
        except ImportError:
            raise CommandError(
                "Reading a PDF back needs what the tests need: requirements/test.txt."
            ) from None
        began = monotonic()
        wrong = 0
        with get_context("spawn").Pool(processes, initializer=django.setup) as pool:
            proved = pool.imap(partial(prove, seed=seed), range(count), chunksize=5)
            for done, lines in enumerate(proved, 1):
                wrong += len(lines)
                for line in lines:
                    self.stdout.write(line)
                if done % 100 == 0:
                    self.stdout.write(f"{done} of {count}, {wrong} wrong so far.")
                    self.stdout.flush()
        self.stdout.write(
            f"{count} random schedules, printed and read back in {int(monotonic() - began)} seconds: "
            f"{wrong} wrong."
        )
        if wrong:
            raise CommandError("The paper does not say what was signed.")
