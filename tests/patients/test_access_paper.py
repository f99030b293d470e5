"""The report of who looked on paper: whose it is on every page, no code, and what it leaves out is said."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.test import Client
from pypdf import PdfReader

from taperplanner.accounts.models import Clinic
from taperplanner.audit.log import record
from taperplanner.patients.access import paper
from taperplanner.patients.access.report import Line, Period, Report
from taperplanner.patients.models import Patient

from ..world.universe import NOW, Universe
from .test_access_report import _at_ten, patient, provider, show, words_of

__all__ = ["_at_ten", "patient", "provider"]


def test_the_paper_says_whose_it_is_and_holds_no_code(
    universe: Universe, patient: Patient, provider: Client
) -> None:
    record(
        "handout.printed",
        by=universe.ours.staff,
        at=NOW,
        patient_id=patient.pk,
        subject="plan 1, version 2, copy 3",
        details={"layout": "schedule", "sha256": "ab" * 32},
    )
    answer = provider.get(f"/patients/{patient.pk}/access.pdf")
    assert answer["Content-Disposition"] == 'inline; filename="who-looked.pdf"'
    text = words_of(answer.content)
    assert "Zabriskie" in text
    assert "MRN A-2002" in text
    assert "Printed the paper (plan 1, version 2, copy 3)" in text
    assert "abab" not in text
    assert "America/New_York" in text
    assert "Printed March 2, 2026, 10:00 AM by Priya Provider, MD" in text
    assert "Page 1 of 1" in text


def test_more_than_it_holds_is_said_on_the_paper(
    universe: Universe, patient: Patient, provider: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("taperplanner.patients.access.views.MOST_LINES", 2)
    for minute in range(3):
        show(universe.ours, patient, NOW - timedelta(minutes=minute))
    text = words_of(provider.get(f"/patients/{patient.pk}/access.pdf").content)
    assert "The newest 10,000 lines of these days stand here" in text
    assert (text.count(" As staff"), text.count(" As provider")) == (1, 1)


def test_a_long_report_goes_on_over_pages_with_its_head_on_each(universe: Universe) -> None:
    line = Line("March 2, 2026, 10:00 AM", "Sam Staff", "Opened the schedule page", "As staff")
    many = Report(Period(None, None), (line,) * 400, "")
    clinic: Clinic = universe.ours.clinic
    file = paper.typeset(
        many, paper.Whose("A-1", "Ana Rivera", "1971"), clinic, by=universe.ours.staff, at=NOW
    )
    read = PdfReader(io.BytesIO(file))
    assert len(read.pages) > 8
    for number, page in enumerate(read.pages, 1):
        text = page.extract_text()
        assert "Ana Rivera" in text
        assert f"Page {number} of {len(read.pages)}" in text
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert words_of(file).count("Opened the schedule page") == 400
