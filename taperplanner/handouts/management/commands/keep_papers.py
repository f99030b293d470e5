"""Write each clinic's current papers and blank forms into a folder, for down time. Run it every night, and after hours of change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from taperplanner.accounts.models import Clinic

from ...downtime.folder import keep_forms, keep_papers
from ...downtime.forms import SPARE, blank_forms
from ...downtime.papers import down_time_papers


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="where only those may look who may see every patient")

        parser.add_argument(
            "--spare",
            type=int,
            default=SPARE,
            help="how many forms of each kind are written without a patient",
        )

    def handle(self, *_: Any, folder: Path, spare: int, **__: Any) -> None:
        if not folder.is_dir():
            raise CommandError(f"There is no folder {folder}. Make it first, readable for nobody else.")
        refused: list[str] = []
        for clinic in Clinic.objects.order_by("name"):
            for restricted in (False, True):
                refused += self._keep(clinic, folder, restricted=restricted, spare=0 if restricted else spare)
        for sentence in refused:
            self.stderr.write(sentence)
        if refused:
            raise CommandError(f"{len(refused)} could not be kept.")

    def _keep(self, clinic: Clinic, folder: Path, *, restricted: bool, spare: int) -> tuple[str, ...]:
        """Restricted records in a file of their own. Returns what could not be kept."""
        now = timezone.now()
        papers = down_time_papers(clinic, now, restricted=restricted)
        file = keep_papers(clinic=clinic, papers=papers, folder=folder, by=None, at=now)
        of_which = f"{clinic.name}, restricted records" if restricted else clinic.name
        if file or not restricted:
            self.stdout.write(f"{of_which}: {len(papers.versions)} kept{f' in {file}' if file else ''}.")
        forms = blank_forms(clinic, papers.versions, now, restricted=restricted, spare=spare)
        kept = keep_forms(clinic=clinic, forms=forms, folder=folder, restricted=restricted, by=None, at=now)
        if kept:
            self.stdout.write(f"{of_which}: {len(forms.forms)} blank forms in {kept}.")
        return (*papers.refused, *forms.refused)
