"""Who helps at home stands on the patient's paper if the patient wants it: of the printing, and no part of what is signed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from taperplanner.guidance.patient_texts import Language
from taperplanner.handouts.models import PrintedHandout
from taperplanner.handouts.paper.layouts import Choice, Layout, Size
from taperplanner.handouts.printing.job import PrintJob
from taperplanner.tapers.models import Version
from taperplanner.tapers.signed.content import verified_content

from ..world.at_home import helped_by, no_longer
from ..world.course import words_of
from ..world.papers import pages_of, printed_pages
from ..world.plans import signed_version
from ..world.printing import print_handout
from ..world.tampering import again
from ..world.universe import NOW, Universe
from .test_handout import WHO, published

LINE = "Luis Rivera, 555-0112"
LONGEST = replace(
    WHO, helper=f"{'Wolfeschlegelsteinhausen ' * 3}Sr., (555) 555-0112 extension 4711, evenings"
)


@pytest.fixture(autouse=True)
def _now() -> object:
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def version(universe: Universe) -> Version:
    return signed_version(universe.ours)


def text_of(choice: Choice, helper: str = LINE) -> str:
    return " ".join(printed_pages(published(), choice, identity=replace(WHO, helper=helper)))


@pytest.mark.parametrize("size", Size)
@pytest.mark.parametrize("layout", [Layout.SCHEDULE, Layout.CHECKLIST, Layout.WALLET])
def test_the_patients_paper_names_who_helps_and_how_to_call_them(layout: Layout, size: Size) -> None:
    text = text_of(Choice(layout, size))
    assert text.count(LINE) == 1
    assert "Who helps you" in text
    assert "Who helps you" not in text_of(Choice(layout, size), helper="")


def test_it_is_said_in_spanish() -> None:
    assert f"Quién le ayuda {LINE}" in text_of(Choice(Layout.SCHEDULE, language=Language.SPANISH))


def test_the_pharmacy_learns_nothing_of_it() -> None:
    assert "Luis" not in text_of(Choice(Layout.PHARMACY, fill_days=30))


@pytest.mark.parametrize("size", Size)
@pytest.mark.parametrize("layout", [Layout.SCHEDULE, Layout.CHECKLIST, Layout.WALLET])
def test_the_longest_name_fits_and_the_rest_of_the_paper_stays(layout: Layout, size: Size) -> None:
    pages = printed_pages(published(), Choice(layout, size), identity=LONGEST)
    without = printed_pages(published(), Choice(layout, size))
    assert "evenings" in " ".join(pages)
    assert len(without) <= len(pages) <= len(without) + 1
    assert "555-0199" in pages[0]


def test_only_who_the_patient_wants_there_and_only_until_it_is_withdrawn(
    universe: Universe, version: Version
) -> None:
    def identity() -> str:
        return PrintJob(again(version), Choice(), at=NOW).paper().identity.helper

    helped_by("Rosa Rivera", version.plan.patient, universe.ours)
    assert identity() == ""
    helper = helped_by("Luis Rivera", version.plan.patient, universe.ours, is_on_paper=True)
    assert identity() == LINE
    no_longer(helper, universe.ours)
    assert identity() == ""


def test_nothing_signed_changes_and_a_kept_copy_stays_as_it_was(universe: Universe, version: Version) -> None:
    before = verified_content(again(version)).content_hash()
    helper = helped_by("Luis Rivera", version.plan.patient, universe.ours, is_on_paper=True)
    copy = print_handout(
        version=again(version), choice=Choice(), by=universe.ours.staff, at=NOW, with_file=True
    )
    no_longer(helper, universe.ours)
    assert verified_content(again(version)).content_hash() == before
    kept = PrintedHandout.objects.with_file().get(pk=copy.pk)
    assert LINE in " ".join(pages_of(bytes(kept.file.content)))


def test_a_paper_that_was_set_before_the_consent_was_withdrawn_is_not_handed_out(
    universe: Universe, version: Version
) -> None:
    helper = helped_by("Luis Rivera", version.plan.patient, universe.ours, is_on_paper=True)
    before = PrintJob(again(version), Choice(), at=NOW).fingerprint()
    no_longer(helper, universe.ours)
    assert PrintJob(again(version), Choice(), at=NOW + timedelta(minutes=1)).fingerprint() != before


def test_the_page_and_the_preview_say_it_too(universe: Universe, version: Version) -> None:
    helped_by("Luis Rivera", version.plan.patient, universe.ours, is_on_paper=True)
    page = universe.client_of(universe.ours.staff).get(f"{version.get_absolute_url()}handout/")
    assert f"Who helps you {LINE}" in words_of(page)


def test_a_paper_without_a_helper_asks_no_query_more(universe: Universe, version: Version) -> None:
    version = again(version)
    job = PrintJob(version, Choice(), at=NOW)
    with CaptureQueriesContext(connection) as asked:
        job.paper()
    assert not [one for one in asked if "patients_homehelper" in one["sql"]]
