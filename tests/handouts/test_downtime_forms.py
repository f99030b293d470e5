"""The blank forms that are kept for down time: one page each, a code of its own, and no number to tick."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest
from django.core.management import call_command

from taperplanner.handouts.downtime.folder import keep_forms
from taperplanner.handouts.downtime.forms import BlankForms, blank_forms
from taperplanner.handouts.downtime.papers import down_time_papers
from taperplanner.monitoring.downtime.contents import Contents
from taperplanner.monitoring.models import FormRun
from taperplanner.monitoring.symptoms import SYMPTOMS

from ..world.papers import pages_of
from ..world.restricted import restrict
from ..world.universe import NOW, Universe
from .test_batches import plan_of


def forms_of(universe: Universe, *, spare: int = 1, restricted: bool = False) -> BlankForms:
    clinic = universe.ours.clinic
    versions = down_time_papers(clinic, NOW, restricted=restricted).versions
    return blank_forms(clinic, versions, NOW, restricted=restricted, spare=spare)


def test_each_form_is_a_page_with_who_it_is_for_and_its_own_code(universe: Universe) -> None:
    plan = plan_of(universe.ours, "Adams")
    made = forms_of(universe)
    pages = pages_of(made.content)
    assert len(pages) == len(made.forms) == 6
    assert len({one.code for one in made.forms}) == 6
    for page, form in zip(pages, made.forms, strict=True):
        assert form.written_code in page
        assert "Down-time form, written on March 2, 2026, 10:00 AM." in page
        assert ("Test Adams" in page and plan.patient.mrn in page) is (form.plan_id is not None)
    for symptom in SYMPTOMS.values():
        assert symptom.label in pages[0]


def test_a_form_offers_no_number(universe: Universe) -> None:
    plan = plan_of(universe.ours, "Adams")
    made = forms_of(universe)
    for page, form in zip(pages_of(made.content), made.forms, strict=True):
        said = page.replace(form.written_code, "").replace(
            "Down-time form, written on March 2, 2026, 10:00 AM.", ""
        )
        for known in (plan.patient.mrn, plan.patient.birth.in_words, "Plan 1, version 1"):
            said = said.replace(known, "")
        assert re.findall(r"[0-9½¼¾]", said) == [], said


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_a_form_of_the_longest_name_is_a_page_too(universe: Universe, paper: str) -> None:
    clinic = universe.ours.clinic
    clinic.paper_size = paper
    plan_of(universe.ours, "Featherstonehaugh" * 5)
    versions = down_time_papers(clinic, NOW).versions
    versions[0].plan.patient.given_name = ("Wilhelmina " * 9).strip()
    made = blank_forms(clinic, versions, NOW, restricted=True, spare=1)
    assert len(pages_of(made.content)) == len(made.forms) == 6


def test_forms_of_a_restricted_record_lie_in_a_file_of_their_own_and_say_so(
    universe: Universe, tmp_path: Path
) -> None:
    plan_of(universe.ours, "Adams")
    restrict(plan_of(universe.ours, "Baker").patient, universe.ours)
    call_command("keep_papers", str(tmp_path), "--spare", "1")
    own = [file for file in tmp_path.iterdir() if "down-time-forms" in file.name and "riverside" in file.name]
    texts = {"restricted" in file.name: " ".join(pages_of(file.read_bytes())) for file in own}
    assert "Baker" not in texts[False]
    assert "Adams" not in texts[True]
    assert texts[True].count("Restricted record: for those who treat this patient, and nobody else.") == 3
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in own)


def test_each_code_is_known_before_its_form_can_be_written_on(universe: Universe, tmp_path: Path) -> None:
    plan_of(universe.ours, "Adams")
    made = forms_of(universe, spare=0)
    clinic = universe.ours.clinic
    keep_forms(clinic=clinic, forms=made, folder=tmp_path, restricted=False, by=None, at=NOW)
    run = FormRun.objects.get()
    assert run.number == 1
    assert list(Contents.of(run)) == list(made.forms)


def test_a_name_that_cannot_be_set_keeps_no_other_form_away(universe: Universe) -> None:
    plan_of(universe.ours, "Adams")
    papers = down_time_papers(universe.ours.clinic, NOW)
    (good,) = papers.versions
    bad = plan_of(universe.ours, "Baker").versions.get()
    bad.plan.patient.family_name = "\U00013000"
    bad.plan.patient.clinic = universe.ours.clinic
    made = blank_forms(universe.ours.clinic, [good, bad], NOW, restricted=False, spare=0)
    assert {one.plan_id for one in made.forms} == {good.plan_id}
    assert len(made.refused) == 1
    assert "Baker" not in made.refused[0]
