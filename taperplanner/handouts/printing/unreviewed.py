"""What a manager reads of texts that keep every handout back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from taperplanner.accounts.models import Clinic
from taperplanner.accounts.still_missing import Missing
from taperplanner.guidance.library import library
from taperplanner.guidance.patient_texts import Language

from .may_print import texts_that_stop_printing


def unreviewed_texts(clinic: Clinic, today: date) -> Iterator[Missing]:
    awaiting = texts_that_stop_printing(clinic, library().patient_texts(Language.ENGLISH), today=today)
    if awaiting:
        yield Missing(
            f"A review of the texts on paper, {len(awaiting)} of which await one, as this clinic requires",
            "a named clinician, for whom the operator of the server writes it down",
            reverse("guidance:paper"),
        )
