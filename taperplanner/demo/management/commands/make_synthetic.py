"""Make a clinic of many synthetic patients, some with a signed plan, to see how the pages do at that size."""

from __future__ import annotations

from time import monotonic
from typing import Any, Final

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from taperplanner.demo import many
from taperplanner.demo.clinic import PASSWORD
from taperplanner.demo.many_people import MARK

TENTHS: Final = 10


class Command(BaseCommand):
    help = "Make many synthetic patients and signed plans in a clinic of their own. Run again, it makes more."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--patients", type=int, required=True, help="how many more")
        parser.add_argument("--plans", type=int, default=0, help="how many of them get a signed plan")
        parser.add_argument(
            "--due", type=int, default=0, help="of how many of the plans something is due now"
        )

    def handle(self, *_: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError(
                "make_synthetic makes users with a known password. It does not run in production."
            )
        wanted = many.Wanted(options["patients"], options["plans"], options["due"])
        if not 0 <= wanted.due <= wanted.plans <= wanted.patients:
            raise CommandError(
                "Each plan is a new patient's: ask for no more plans than patients, nor due than plans."
            )
        call_command("migrate", verbosity=0, interactive=False)
        if many.has_real_patients():
            raise CommandError(
                f"There is a patient whose MRN does not begin with {MARK}. Nothing was made:"
                " take a database that has synthetic patients only."
            )
        began, said = monotonic(), 0
        for made in many.make(wanted, at=timezone.now()):
            tenth = TENTHS * (made.patients + made.plans) // max(1, wanted.patients + wanted.plans)
            if self.stdout.isatty() or tenth > said:
                self._say(made, wanted, monotonic() - began)
            said = tenth
        self.stdout.write(
            f"Made {wanted.patients:,} synthetic patients and {wanted.plans:,} plans"
            f" in {monotonic() - began:,.0f} seconds. Nobody in them is real."
        )
        self.stdout.write(f"  Provider: provider@{many.DOMAIN}.example  password: {PASSWORD}")

    def _say(self, made: many.Made, wanted: many.Wanted, seconds: float) -> None:
        """On a terminal over what was said before."""
        self.stdout.write(
            f"{made.patients:,} of {wanted.patients:,} patients, {made.plans:,} of {wanted.plans:,} plans,"
            f" {seconds:,.0f} s   ",
            ending="\r" if self.stdout.isatty() else "\n",
        )
