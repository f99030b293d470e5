"""A paper for somebody of whom only the year of birth is known prints the year, and is held against the record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
import time_machine
from django.test import Client

from taperplanner.guidance.patient_texts import Language
from taperplanner.handouts.paper.layouts import Choice, Layout
from taperplanner.handouts.printing.job import PrintJob
from taperplanner.monitoring.visit_summary.from_rows import visit_summary_of
from taperplanner.patients.models import Patient
from taperplanner.registry.table import NAMES
from taperplanner.tapers.models import Version

from ..world.papers import paper_in, printed_pages
from ..world.patient_pages import text_of
from ..world.people import of_1961
from ..world.plans import TODAY, open_plan, sign_plan
from ..world.printing import print_handout
from ..world.tampering import again
from ..world.universe import NOW, Universe
from .test_handout import WHO, published

MADE_UP = re.compile(r"January 1, 1961|1 de enero de 1961|1961-01-01|01/01/1961")
BORN = {Language.ENGLISH: "born in 1961", Language.SPANISH: "año de nacimiento: 1961"}
WITH_NAMES = {"first_day": "03/01/2026", "last_day": "03/31/2026", "names": "on"}


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def version(universe: Universe) -> Version:
    plan = open_plan(universe.ours, of_1961(universe.ours))
    return again(sign_plan(plan, universe.ours))


@pytest.fixture
def staff(universe: Universe) -> Client:
    return universe.client_of(universe.ours.staff)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("layout", Layout)
def test_every_paper_prints_the_year_and_no_day(version: Version, layout: Layout, language: Language) -> None:
    job = PrintJob(version, Choice(Layout.SCHEDULE, language=language), at=NOW)
    identity = job.paper().identity
    assert (identity.date_of_birth, identity.is_born_in) == ("1961", True)
    spoken = Language.ENGLISH if layout is Layout.PHARMACY else language
    choice = Choice(layout, language=spoken, fill_days=30 if layout is Layout.PHARMACY else None)
    for page in printed_pages(published(), choice, identity=identity):
        assert BORN[spoken] in " ".join(page.split())
        assert not MADE_UP.search(page)


@pytest.mark.parametrize("language", Language)
def test_where_the_day_is_known_its_label_is_as_ever(language: Language) -> None:
    label = {Language.ENGLISH: "born", Language.SPANISH: "fecha de nacimiento:"}[language]
    assert paper_in(published(), language, identity=WHO).labels["born"] == label
    assert paper_in(published(), language, identity=replace(WHO, is_born_in=True)).labels["born"] != label


def test_the_page_of_the_paper_says_the_year(version: Version, staff: Client) -> None:
    page = text_of(staff.get(version.get_absolute_url() + "handout/"))
    assert "born in 1961, MRN <bdi>Y-7</bdi>" in page
    assert not MADE_UP.search(page)


def test_a_year_that_became_a_whole_date_is_a_change_that_stops_printing(
    version: Version, staff: Client
) -> None:
    Patient.objects.update(date_of_birth=date(1961, 3, 4), birth_year=None)
    answer = staff.get(version.get_absolute_url() + "handout/")
    assert answer.status_code == 409
    assert "The patient's date of birth is not what it was when version 1 was signed." in text_of(answer)


@pytest.mark.parametrize("year", [1960, 1962])
def test_another_year_is_a_change_that_stops_printing(version: Version, staff: Client, year: int) -> None:
    Patient.objects.update(birth_year=year)
    assert staff.get(version.get_absolute_url() + "handout/").status_code == 409


def test_the_same_year_prints(version: Version, staff: Client) -> None:
    assert staff.get(version.get_absolute_url() + "handout/").status_code == 200


def test_the_visit_summary_and_the_registry_say_the_year(version: Version, universe: Universe) -> None:
    summary = visit_summary_of(again(version).plan, today=TODAY, by=universe.ours.provider)
    assert summary.identity.date_of_birth == "1961"
    provider = universe.client_of(universe.ours.provider)
    sheet = provider.get("/clinic/registry.csv", WITH_NAMES).content.decode()
    assert NAMES[-1] in sheet
    assert '"Y-7","Rivera, Ana","1961"' in sheet


def test_the_worklist_and_the_batch_name_the_year(version: Version, staff: Client) -> None:
    assert "Born 1961, MRN" in text_of(staff.get("/"))
    page = text_of(staff.get("/handouts/batches/add/", {"day": "03/16/2026"}))
    assert "born 1961, MRN" in page


def test_whoever_hands_the_paper_over_is_told_to_look_at_the_mrn_too(
    version: Version, universe: Universe, staff: Client
) -> None:
    print_handout(version=version, choice=Choice(), by=universe.ours.staff, at=NOW)
    page = text_of(staff.get(version.get_absolute_url() + "handout/copies/1/"))
    assert "Check the name and the birth date, of which only the year is known, and the MRN before" in page
