"""Write each clinic's current papers and blank forms into a folder, for down time. Run it every night, and after hours of change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings as project
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from taperplanner.accounts.models import Clinic
from taperplanner.sealed import Refused

from ...downtime.folder import forget_others, keep_forms, keep_papers
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
        try:
            for clinic in Clinic.objects.order_by("name"):
                refused += self._keep_all(clinic, folder, spare)
        except (Refused, OSError) as problem:
            raise CommandError(f"Nothing more is kept. {problem}") from problem
        if not project.BACKUP_KEYS:
            self.stdout.write("They are not encrypted, since BACKUP_KEYS has no key.")
        for sentence in refused:
            self.stderr.write(sentence)
        if refused:
            raise CommandError(f"{len(refused)} could not be kept.")

    def _keep_all(self, clinic: Clinic, folder: Path, spare: int) -> tuple[str, ...]:
        """Restricted records in files of their own. Returns what could not be kept."""
        files: list[Path] = []
        refused = self._keep(clinic, folder, files, restricted=False, spare=spare)
        refused += self._keep(clinic, folder, files, restricted=True, spare=0)
        forget_others(folder, clinic, files)
        return refused

    def _keep(
        self, clinic: Clinic, folder: Path, files: list[Path], *, restricted: bool, spare: int
    ) -> tuple[str, ...]:
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
        files += filter(None, (file, kept))
        return (*papers.refused, *forms.refused)
