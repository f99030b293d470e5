"""A preview has the pages of the copy that it shows, and nothing on it can be taken for a copy."""

from __future__ import annotations

from typing import Final

import pytest
import time_machine
from django.test import RequestFactory

from taperplanner.accounts.models import Clinic
from taperplanner.guidance.patient_texts import Language
from taperplanner.handouts.paper import codes
from taperplanner.handouts.paper.layouts import Choice, Layout, Size
from taperplanner.handouts.printing.job import PrintJob
from taperplanner.handouts.printing.render import address_of, pdf_of, preview_data, preview_of, set_paper
from taperplanner.tapers.draft.typed import TypedDraft
from taperplanner.tapers.models import Version
from tests.world.papers import pages_of
from tests.world.plans import long_schedule, open_plan, sign_plan, typed_schedule
from tests.world.universe import NOW, Universe

LONG: Final = long_schedule(8)
SAID: Final = {
    Language.ENGLISH: ("PREVIEW", "Preview: not a copy to hand out. Copies are made on the page “Print”."),
    Language.SPANISH: ("VISTA PREVIA", "Vista previa: no es una copia para entregar."),
}
CHOICES: Final = [
    pytest.param(Choice(layout, size, language, 28 if layout is Layout.PHARMACY else None))
    for layout in Layout
    for size in Size
    for language in ([Language.ENGLISH] if layout is Layout.PHARMACY else Language)
]


def signed_as(draft: TypedDraft, universe: Universe) -> Version:
    plan = open_plan(universe.ours)
    sign_plan(plan, universe.ours, draft)
    return Version.objects.select_related("plan__patient__clinic").get()


@pytest.fixture(autouse=True)
def _now() -> object:
    with time_machine.travel(NOW):
        yield


@pytest.mark.parametrize("choice", CHOICES, ids=lambda one: f"{one.layout}-{one.size}-{one.language}")
@pytest.mark.parametrize(
    ("draft", "sheet"), [(typed_schedule(), "letter"), (LONG, "a4")], ids=["six", "eight"]
)
def test_a_preview_has_as_many_pages_as_its_copy(
    universe: Universe,
    rf: RequestFactory,
    monkeypatch: pytest.MonkeyPatch,
    choice: Choice,
    draft: TypedDraft,
    sheet: str,
) -> None:
    """Also with a code of wide letters."""
    monkeypatch.setattr("taperplanner.handouts.printing.render.new_code", lambda: "RWNWY76N4NDRW6N")
    Clinic.objects.update(paper_size=sheet)
    version, address = signed_as(draft, universe), address_of(rf.get("/"))
    shown = pages_of(pdf_of([preview_data(PrintJob(version, choice, at=NOW), address)]))
    printed = pages_of(set_paper(PrintJob(version, choice, at=NOW), address).pdf)
    assert len(shown) == len(printed)
    for page in shown:
        assert all(said in page for said in SAID[choice.language])


def test_a_preview_of_a_regular_schedule_of_six_steps_has_two_pages(
    universe: Universe, rf: RequestFactory
) -> None:
    preview = preview_of(PrintJob(signed_as(typed_schedule(), universe), at=NOW), address_of(rf.get("/")))
    assert (preview.pages, preview.not_shown) == (2, 0)


def test_a_preview_has_no_code_that_could_be_one_of_a_copy_and_nothing_to_scan(
    universe: Universe, rf: RequestFactory
) -> None:
    data = preview_data(PrintJob(signed_as(typed_schedule(), universe), at=NOW), address_of(rf.get("/")))
    assert not codes.read(data["copy"]["code"])
    assert len(data["copy"]["code"]) == len(codes.written(codes.new_code()))
    assert data["copy"]["qr"] == codes.EMPTY_DRAWING
    assert "/handouts/" in data["copy"]["typed_address"]
