"""What the patient got: the file of each copy, byte for byte, and what is shown of it later."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from hashlib import sha256
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from pypdf import PdfReader

from taperplanner import typesetting
from taperplanner.accounts.models import Clinic
from taperplanner.audit.models import Event
from taperplanner.handouts.copies import actions
from taperplanner.handouts.models import AlteredFile, PaperFile, PrintedHandout
from taperplanner.handouts.paper.layouts import Choice
from taperplanner.handouts.printing.job import PrintJob
from taperplanner.handouts.printing.may_print import CannotPrint
from taperplanner.handouts.printing.render import set_paper
from taperplanner.patients.actions import archive_patient
from taperplanner.patients.models import Patient
from taperplanner.tapers.models import Version

from ..world.course import words_of
from ..world.papers import pages_of
from ..world.plans import confirmed_draft, from_json, sign_plan, signed_version, start_revision
from ..world.printing import address_of, print_handout
from ..world.tampering import past_the_triggers
from ..world.universe import NOW, Universe

CHOICE = {"layout": "schedule", "size": "regular", "language": "en"}
TIBETAN = "Nita ཀ"


@pytest.fixture(autouse=True)
def _now() -> object:
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def version(universe: Universe) -> Version:
    return signed_version(universe.ours)


@pytest.fixture
def staff(universe: Universe) -> Client:
    return universe.client_of(universe.ours.staff)


def print_page(version: Version) -> str:
    return f"{version.get_absolute_url()}handout/print/"


def printed(version: Version, universe: Universe, **choice: str) -> PrintedHandout:
    """As staff print it; the answer leads to the file."""
    answer = universe.client_of(universe.ours.staff).post(print_page(version), {**CHOICE, **choice})
    copy = PrintedHandout.objects.with_file().newest_first().first()
    assert copy is not None
    assert answer["Location"] == copy.get_absolute_url()
    return copy


def opened_on(day: date, copy: PrintedHandout, universe: Universe) -> HttpResponse:
    universe.clients.clear()
    with time_machine.travel(datetime.combine(day, NOW.time(), NOW.tzinfo)):
        return universe.client_of(universe.ours.staff).get(copy.get_absolute_url())


def record_of(copy: PrintedHandout) -> str:
    return copy.get_absolute_url().replace("handout.pdf", "record/")


def as_printed(copy: PrintedHandout) -> str:
    return copy.get_absolute_url().replace("handout.pdf", "as-printed.pdf")


# --- Printed once ------------------------------------------------------------------------------


def test_what_is_set_is_stored_and_what_is_stored_is_given(
    universe: Universe, version: Version, staff: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[bytes] = []
    honest = typesetting.pdf

    def pdf(*given: object) -> bytes:
        made.append(honest(*given))  # type: ignore[arg-type]
        return made[-1]

    monkeypatch.setattr(typesetting, "pdf", pdf)
    copy = printed(version, universe)
    answer = staff.get(copy.get_absolute_url())
    assert made == [answer.content] == [bytes(copy.file.pdf)]
    assert copy.file.sha256 == sha256(answer.content).hexdigest()
    assert copy.file.pages == len(PdfReader(BytesIO(answer.content)).pages)
    assert all(copy.written_code in page for page in pages_of(answer.content))


def test_the_audit_log_has_the_digest_of_what_was_printed(universe: Universe, version: Version) -> None:
    copy = printed(version, universe)
    assert Event.objects.get(action="handout.printed").details["sha256"] == copy.file.sha256


def test_a_paper_that_cannot_be_set_leaves_no_copy(
    universe: Universe, version: Version, staff: Client
) -> None:
    Patient.objects.filter(pk=version.plan.patient_id).update(preferred_name=TIBETAN)
    page = words_of(staff.post(print_page(version), CHOICE))
    assert "The paper cannot show “ཀ” (U+0F40)" in page
    assert "Make a schedule table for the browser to print" in page
    assert not PrintedHandout.objects.exists()
    assert not PaperFile.objects.exists()


CHANGES = {
    "the clinic's phone": lambda version: Clinic.objects.update(phone="555-0177"),
    "the patient's preferred name": lambda version: Patient.objects.update(preferred_name="Annie"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_paper_that_is_no_longer_right_when_it_is_set_is_not_handed_out(
    universe: Universe, version: Version, change: object
) -> None:
    job = PrintJob(version, Choice(), at=NOW)
    paper = set_paper(job, address_of)
    change(version)  # type: ignore[operator]
    with pytest.raises(CannotPrint, match="was changed while this paper was being made"):
        actions.print_handout(job=job, paper=paper, by=universe.ours.staff, at=NOW)
    assert not PrintedHandout.objects.exists()


def test_a_version_signed_while_a_paper_is_set_keeps_the_paper_back(
    universe: Universe, version: Version
) -> None:
    job = PrintJob(version, Choice(), at=NOW)
    paper = set_paper(job, address_of)
    sign_plan(
        version.plan,
        universe.ours,
        confirmed_draft(from_json(start_revision(version, universe.ours).content)),
    )
    with pytest.raises(CannotPrint, match="Look at the preview, and print again"):
        actions.print_handout(job=job, paper=paper, by=universe.ours.staff, at=NOW)


# --- Given again -------------------------------------------------------------------------------


def test_on_the_same_day_the_same_bytes_are_given(universe: Universe, version: Version) -> None:
    copy = printed(version, universe)
    answers = [opened_on(NOW.date(), copy, universe).content for _ in range(2)]
    assert answers == [bytes(copy.file.pdf)] * 2


@pytest.mark.parametrize("layout", ["schedule", "calendar", "wallet"])
def test_on_a_later_day_each_page_says_what_holds_today(
    universe: Universe, version: Version, layout: str
) -> None:
    copy = printed(version, universe, layout=layout)
    pages = pages_of(opened_on(NOW.date() + timedelta(days=1), copy, universe).content)
    original = pages_of(bytes(copy.file.pdf))
    assert len(pages) == len(original) == copy.file.pages
    for shown, was in zip(pages, original, strict=True):
        assert "FILE COPY" in shown
        assert "File copy of what was printed on March 2, 2026, 10:00 AM. This paper is current." in shown
        assert set(re.findall(r"\w+", was)) <= set(re.findall(r"\w+", shown))


@pytest.mark.parametrize(
    ("day", "word", "says"),
    [
        (date(2026, 3, 2), "CHANGES SOON", "Follow this paper up to the day before Friday, March 20, 2026."),
        (date(2026, 3, 20), "REPLACED", "Do not follow this paper from that day."),
    ],
)
def test_after_a_newer_version_each_page_says_so_also_on_the_same_day(
    universe: Universe, version: Version, day: date, word: str, says: str
) -> None:
    copy = printed(version, universe)
    sign_plan(
        version.plan,
        universe.ours,
        confirmed_draft(from_json(start_revision(version, universe.ours).content)),
    )
    for page in pages_of(opened_on(day, copy, universe).content):
        assert word in page
        assert says in page


def test_a_spanish_file_copy_speaks_spanish(universe: Universe, version: Version) -> None:
    copy = printed(version, universe, language="es")
    (page, *_) = pages_of(opened_on(NOW.date() + timedelta(days=1), copy, universe).content)
    assert "COPIA DE ARCHIVO" in page
    assert "Esta hoja está vigente." in page


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_changed_on_the_same_day_is_not_handed_out_again_unmarked(
    universe: Universe, version: Version, staff: Client, change: object
) -> None:
    copy = printed(version, universe)
    change(version)  # type: ignore[operator]
    universe.clients.clear()
    pages = pages_of(universe.client_of(universe.ours.staff).get(copy.get_absolute_url()).content)
    assert all("FILE COPY" in page for page in pages)


# --- Evidence ----------------------------------------------------------------------------------


def test_the_record_of_a_copy_says_its_digest_what_holds_today_and_offers_a_new_one(
    universe: Universe, version: Version, staff: Client
) -> None:
    copy = printed(version, universe)
    answer = staff.get(record_of(copy))
    page = words_of(answer)
    assert copy.file.sha256 in page
    assert "This paper is current." in page
    assert f'href="{print_page(version)}"' in answer.content.decode()
    assert record_of(copy) in staff.get(version.plan.get_absolute_url()).content.decode()


def test_the_file_stays_evidence_when_nothing_more_is_printed_for_the_patient(
    universe: Universe, version: Version, staff: Client
) -> None:
    copy = printed(version, universe)
    patient, by = version.plan.patient, universe.ours.provider
    archive_patient(patient=patient, reason="Moved", revision=patient.revision, by=by, at=NOW)
    assert staff.get(copy.get_absolute_url()).status_code == 409
    answer = staff.get(as_printed(copy))
    assert answer.content == bytes(copy.file.pdf)
    assert answer["Content-Disposition"] == f'attachment; filename="as-printed-copy-{copy.number}.pdf"'


def test_bytes_that_were_changed_are_given_to_nobody(
    universe: Universe, version: Version, staff: Client
) -> None:
    copy = printed(version, universe)
    hexed = "'\\x00'" if connection.vendor == "postgresql" else "x'00'"
    past_the_triggers(f"UPDATE handouts_paperfile SET pdf = {hexed}")
    with pytest.raises(AlteredFile):
        _ = PaperFile.objects.get().content
    later = NOW.date() + timedelta(days=1)
    answers = [
        staff.get(copy.get_absolute_url()),
        staff.get(as_printed(copy)),
        opened_on(later, copy, universe),
    ]
    for answer in answers:
        assert answer.status_code == 500
        assert "This file is not what was printed" in words_of(answer)
    assert Event.objects.filter(action="handout.file_altered").count() == 3


def test_a_copy_without_a_file_says_so_and_is_made_again_from_what_was_signed(
    universe: Universe, version: Version, staff: Client
) -> None:
    copy = print_handout(version=version, choice=Choice(), by=universe.ours.staff, at=NOW)
    assert "The file of this copy was not stored" in words_of(staff.get(record_of(copy)))
    assert staff.get(as_printed(copy)).status_code == 404
    for page in pages_of(staff.get(copy.get_absolute_url()).content):
        assert "the file that was printed on March 2, 2026, 10:00 AM was not stored." in page


def test_the_browsers_page_is_printed_on_its_day_and_is_a_file_copy_afterwards(
    universe: Universe, version: Version, staff: Client
) -> None:
    answer = staff.post(print_page(version), {**CHOICE, "how": "page"})
    assert "FILE COPY" not in words_of(staff.get(answer["Location"]))
    universe.clients.clear()
    with time_machine.travel(NOW + timedelta(days=1)):
        later = universe.client_of(universe.ours.staff).get(answer["Location"])
    assert "FILE COPY" in later.content.decode()
