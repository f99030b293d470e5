"""A clinic may ask that a named clinician has reviewed what a paper says before it prints."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client

from taperplanner.accounts.models import Clinic
from taperplanner.guidance.entries import Review
from taperplanner.guidance.library import Language, Library, PatientText, library
from taperplanner.handouts.paper.layouts import Choice
from taperplanner.handouts.printing.may_print import CannotPrint, texts_that_stop_printing
from taperplanner.tapers.models import Version

from ..world.plans import signed_version
from ..world.printing import print_handout
from ..world.universe import NOW, Universe

REVIEWED = Review(by="A. Reviewer, MD", on=date(2026, 1, 31), next=date(2026, 3, 2))


@pytest.fixture(autouse=True)
def _now() -> object:
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def version(universe: Universe) -> Version:
    Clinic.objects.update(requires_reviewed_texts=True)
    return signed_version(universe.ours)


@pytest.fixture
def staff(universe: Universe) -> Client:
    return universe.client_of(universe.ours.staff)


def address(version: Version) -> str:
    return f"{version.get_absolute_url()}handout/"


def reviewed(language: str) -> tuple[PatientText, ...]:
    return tuple(
        replace(text, review=REVIEWED) for text in library().content.patient_texts[Language(language)]
    )


def test_a_paper_with_a_text_that_nobody_reviewed_is_not_printed(staff: Client, version: Version) -> None:
    answer = staff.get(address(version))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "cannot be printed yet" in page
    assert "Do not stop suddenly" in page
    assert "1.5 mg" not in page


def test_a_clinic_that_does_not_ask_for_it_prints_and_the_paper_says_so(
    staff: Client, version: Version
) -> None:
    Clinic.objects.update(requires_reviewed_texts=False)
    answer = staff.get(address(version))
    assert answer.status_code == 200
    assert "Your clinic is still checking these words." in answer.content.decode()


def test_reviewed_texts_print_up_to_the_day_of_their_next_review_at_the_clinic(
    universe: Universe, version: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Library, "patient_texts", lambda _, language: reviewed(language))
    staff = Client()
    with time_machine.travel(datetime(2026, 3, 3, 4, 59, tzinfo=UTC)):  # still March 2 in New York
        staff.force_login(universe.ours.staff)
        answer = staff.get(address(version))
        assert answer.status_code == 200
        assert "still checking these words" not in answer.content.decode()
    with time_machine.travel(datetime(2026, 3, 3, 5, 1, tzinfo=UTC)):
        late = staff.get(address(version))
    assert late.status_code == 409
    assert "was due for review on 2 March 2026" in late.content.decode()


def test_one_function_decides_for_every_way_to_print(universe: Universe) -> None:
    clinic, texts = universe.ours.clinic, library().patient_texts("es")
    assert texts_that_stop_printing(clinic, texts, today=NOW.date()) == ()
    clinic.requires_reviewed_texts = True
    assert texts_that_stop_printing(clinic, texts, today=NOW.date()) == texts
    assert texts_that_stop_printing(clinic, reviewed("es"), today=date(2026, 3, 2)) == ()
    assert texts_that_stop_printing(clinic, reviewed("es"), today=date(2026, 3, 3)) == reviewed("es")


def test_no_copy_is_made_of_a_text_that_nobody_reviewed(universe: Universe, version: Version) -> None:
    version.plan.patient.clinic.refresh_from_db()
    with pytest.raises(CannotPrint, match="reviewed each of its texts"):
        print_handout(version=version, choice=Choice(), by=universe.ours.staff, at=NOW)


def test_the_last_copy_is_asked_about_its_own_language(
    universe: Universe, version: Version, staff: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reviewed English lets no Spanish copy out that nobody reviewed."""
    Clinic.objects.update(requires_reviewed_texts=False)
    version = Version.objects.select_related("plan__patient__clinic").get(pk=version.pk)
    spanish = Choice(language=Language.SPANISH)
    print_handout(version=version, choice=spanish, by=universe.ours.staff, at=NOW)
    Clinic.objects.update(requires_reviewed_texts=True)
    honest = Library.patient_texts

    def only_english(self: Library, language: str) -> tuple[PatientText, ...]:
        return reviewed("en") if language == "en" else honest(self, language)

    monkeypatch.setattr(Library, "patient_texts", only_english)
    assert staff.get(address(version)).status_code == 200
    assert staff.get(f"{version.get_absolute_url()}handout.pdf").status_code == 409
