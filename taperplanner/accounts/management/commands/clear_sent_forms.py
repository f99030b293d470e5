"""Forget the keys of forms that were sent long ago."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.core.management.base import BaseCommand
from django.utils import timezone

from taperplanner.accounts.models import SentForm

# Longer than anybody keeps a page open: whoever sends it later has to sign in again first.
KEPT_FOR: Final = timedelta(days=30)


class Command(BaseCommand):
    help = f"Forget which forms were sent more than {KEPT_FOR.days} days ago. What they made stays."

    def handle(self, *_: Any, **__: Any) -> None:
        cleared = SentForm.objects.clear(before=timezone.now() - KEPT_FOR)
        self.stdout.write(f"{cleared} cleared.")
