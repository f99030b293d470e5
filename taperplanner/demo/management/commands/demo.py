"""Migrate, make the synthetic clinics once, say how to sign in, and serve."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from taperplanner.demo import clinic
from taperplanner.demo.serving import serve


class Command(BaseCommand):
    help = "Serve a clinic of synthetic patients on this machine, to try the product with."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--prepare-only", action="store_true", help="make the clinic, do not serve")

    def handle(self, *_: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("demo makes users with a known password. It does not run in production.")
        call_command("migrate", verbosity=0, interactive=False)
        if clinic.is_there():
            self.stdout.write("The synthetic clinics are there already; nothing was changed.")
        else:
            with transaction.atomic():
                clinic.fill(at=timezone.now())
            self.stdout.write("Two synthetic clinics are made. Nobody in them is real.")
        for login in clinic.LOGINS:
            self.stdout.write(f"  {login.role}: {login.email}  password: {clinic.PASSWORD}")
        if options["prepare_only"]:
            return
        port = options["port"]
        self.stdout.write(f"Open http://localhost:{port}/ in a browser. Control-C ends it.")
        self.stdout.flush()
        serve(port)
