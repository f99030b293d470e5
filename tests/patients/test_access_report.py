"""Who looked at a patient: the page and the paper, from the patient and by the MRN."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from taperplanner.audit import pages
from taperplanner.audit.log import record
from taperplanner.audit.models import Event
from taperplanner.patients.access import report
from taperplanner.patients.models import Patient

from ..world.people import build_patient
from ..world.universe import NOW, House, Universe

NEW_YORK = ZoneInfo("America/New_York")
BY_MRN = "/patients/access/"


@pytest.fixture(autouse=True)
def _at_ten() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def patient(universe: Universe) -> Patient:
    return build_patient(universe.ours, mrn="A-2002", family_name="Zabriskie")


@pytest.fixture
def provider(universe: Universe) -> Client:
    return universe.client_of(universe.ours.provider)


@pytest.fixture
def manager(universe: Universe) -> Client:
    return universe.client_of(universe.ours.manager)


def show(house: House, patient: Patient, at: datetime = NOW, page: str = "tapers:plan") -> None:
    record("patient.page_shown", by=house.staff, at=at, patient_id=patient.pk, subject=page)


def lines(client: Client, url: str, **asked: str) -> list[str]:
    page = client.get(url, asked).content.decode()
    rows = re.findall(r"<tr>(.*?)</tr>", page.partition("<tbody>")[2], re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]


def words_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_it_says_who_when_what_and_why_in_plain_words(
    universe: Universe, patient: Patient, provider: Client
) -> None:
    show(universe.ours, patient)
    found = lines(provider, f"/patients/{patient.pk}/access/")
    assert "March 2, 2026, 10:00 AM Sam Staff Opened the schedule page As staff" in found
    assert "March 2, 2026, 10:00 AM Priya Provider Added the patient As provider" in found


def test_lists_with_the_patient_among_others_are_in_it_and_those_without_are_not(
    universe: Universe, patient: Patient, provider: Client
) -> None:
    other = build_patient(universe.ours, mrn="A-2003")
    for listed in ([patient.pk.hex, other.pk.hex], [other.pk.hex]):
        record("worklist.shown", by=universe.ours.staff, at=NOW, details={"patients": listed})
    found = lines(provider, f"/patients/{patient.pk}/access/")
    assert sum("Opened the worklist" in line for line in found) == 1


def test_another_clinics_log_is_never_in_it(universe: Universe, patient: Patient, provider: Client) -> None:
    theirs = build_patient(universe.theirs, mrn="A-2002")
    record("patient.page_shown", by=universe.theirs.staff, at=NOW, patient_id=patient.pk, subject="x")
    record("worklist.shown", by=universe.theirs.staff, at=NOW, details={"patients": [patient.pk.hex]})
    page = provider.get(f"/patients/{patient.pk}/access/").content.decode()
    assert "Opened the worklist" not in page
    assert "Opened a page" not in page
    assert provider.get(f"/patients/{theirs.pk}/access/").status_code == 404


def test_a_refusal_is_in_it(universe: Universe, patient: Patient, provider: Client, manager: Client) -> None:
    manager.get(f"/patients/{patient.pk}/")
    assert any(
        "Mina Manager Was refused the patient’s page: the role does not include it As manager" in line
        for line in lines(provider, f"/patients/{patient.pk}/access/")
    )


def test_a_reason_that_somebody_typed_stands_in_place_of_the_role(
    universe: Universe, patient: Patient, provider: Client
) -> None:
    """As the room that asks for it would say it."""
    show(universe.ours, patient)
    (event,) = Event.objects.filter(subject="tapers:plan")

    def of_emergencies(patient_id: object, events: object) -> dict[object, str]:
        assert patient_id == patient.pk
        assert event in events  # type: ignore[operator]
        return {event.pk: "Emergency access: found unresponsive"}

    report.reasons.register(of_emergencies)  # type: ignore[arg-type]
    try:
        found = lines(provider, f"/patients/{patient.pk}/access/")
    finally:
        report.reasons._entries.remove(of_emergencies)  # type: ignore[arg-type]
    assert any(
        line.endswith("Opened the schedule page Emergency access: found unresponsive") for line in found
    )


def test_what_no_person_did_says_so(universe: Universe, patient: Patient, provider: Client) -> None:
    record(
        "handout.kept_for_down_time",
        by=None,
        at=NOW,
        clinic_id=universe.ours.clinic.pk,
        patient_id=patient.pk,
        subject="plan 1, version 2",
    )
    assert any(
        "The system, by itself Kept the paper for times when the system is down (plan 1, version 2) No reason is recorded"
        in line
        for line in lines(provider, f"/patients/{patient.pk}/access/")
    )


def test_an_id_never_stands_in_a_line(universe: Universe, patient: Patient, provider: Client) -> None:
    record(
        "medications.reviewed", by=universe.ours.staff, at=NOW, patient_id=patient.pk, subject=str(patient.pk)
    )
    assert str(patient.pk) not in " ".join(lines(provider, f"/patients/{patient.pk}/access/"))


def test_days_are_the_clinics_and_both_are_included(
    universe: Universe, patient: Patient, provider: Client
) -> None:
    for day, hour, page in (
        (7, 23, "tapers:plan"),
        (8, 0, "patients:patient"),
        (8, 23, "monitoring:progress"),
    ):
        show(universe.ours, patient, datetime(2026, 2, day, hour, 30, tzinfo=NEW_YORK), page)
    url = f"/patients/{patient.pk}/access/"
    found = lines(provider, url, first_day="02/08/2026", last_day="02/08/2026")
    assert [line.partition("Opened ")[2] for line in found] == [
        "the progress page As staff",
        "the patient’s page As staff",
    ]


def test_the_last_90_days_are_shown_first_and_an_empty_day_sets_no_limit(
    universe: Universe, patient: Patient, provider: Client
) -> None:
    show(universe.ours, patient, NOW - timedelta(days=200))
    url = f"/patients/{patient.pk}/access/"
    assert "From December 2, 2025 to now" in provider.get(url).content.decode()
    assert not any("schedule page" in line for line in lines(provider, url))
    assert any("schedule page" in line for line in lines(provider, url, first_day="", last_day=""))


def test_days_that_make_no_sense_show_nothing_and_say_what_to_do(patient: Patient, provider: Client) -> None:
    url = f"/patients/{patient.pk}/access/"
    asked = {"first_day": "03/02/2026", "last_day": "03/01/2026"}
    page = provider.get(url, asked).content.decode()
    assert "The last day is before the first" in page
    assert "<tbody>" not in page
    assert provider.get(f"/patients/{patient.pk}/access.pdf", asked).status_code == 302


def test_where_nothing_is_recorded_it_says_so(patient: Patient, provider: Client) -> None:
    asked = {"first_day": "01/01/2020", "last_day": "01/02/2020"}
    assert (
        "Nothing is recorded on these days."
        in provider.get(f"/patients/{patient.pk}/access/", asked).content.decode()
    )
    assert "Nothing is recorded on these days." in words_of(
        provider.get(f"/patients/{patient.pk}/access.pdf", asked).content
    )


def test_reading_on_keeps_the_days_and_shows_each_line_once(
    universe: Universe, patient: Patient, provider: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "PAGE_LENGTH", 2)
    monkeypatch.setattr(pages, "PAGE_LENGTH", 2)
    monkeypatch.setitem(report.report_of.__kwdefaults__, "most", 2)
    for minute in range(3):
        show(universe.ours, patient, datetime(2026, 2, 8, 9, minute, tzinfo=NEW_YORK))
        record(
            "worklist.shown",
            by=universe.ours.staff,
            at=datetime(2026, 2, 8, 9, minute, tzinfo=NEW_YORK),
            details={"patients": [patient.pk.hex]},
        )
    url = f"/patients/{patient.pk}/access/"
    address, seen = f"{url}?first_day=02%2F08%2F2026&last_day=02%2F08%2F2026", []
    while address and len(seen) < 20:
        page = provider.get(address).content.decode()
        rows = re.findall(r"<tr>(.*?)</tr>", page.partition("<tbody>")[2], re.DOTALL)
        seen += [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]
        older = re.search(r'href="(\?[^"]+)">Older</a>', page)
        address = url + older[1].replace("&amp;", "&") if older else ""
    assert len(seen) == len(set(seen)) == 6


def test_opening_it_is_an_event_and_so_is_the_file(
    universe: Universe, patient: Patient, provider: Client, manager: Client
) -> None:
    provider.get(f"/patients/{patient.pk}/access/")
    provider.get(f"/patients/{patient.pk}/access.pdf")
    manager.get(BY_MRN, {"mrn": "a-2002"})
    manager.get("/patients/access.pdf", {"mrn": "a-2002"})
    events = Event.objects.filter(patient_id=patient.pk).exclude(action="patient.added")
    assert {(event.action, event.subject, event.user_name) for event in events} >= {
        ("patient.page_shown", "patients:access_report", "Priya Provider"),
        ("patient.page_shown", "patients:access_report_pdf", "Priya Provider"),
        ("access_report.shown", "", "Mina Manager"),
        ("access_report.saved", "", "Mina Manager"),
    }


def test_a_manager_finds_it_by_the_mrn_and_never_sees_the_name(
    universe: Universe, patient: Patient, manager: Client
) -> None:
    show(universe.ours, patient)
    assert any("Opened the schedule page" in line for line in lines(manager, BY_MRN, mrn="A-2002"))
    page = manager.get(BY_MRN, {"mrn": "A-2002"}).content.decode()
    text = words_of(manager.get("/patients/access.pdf", {"mrn": "A-2002"}).content)
    for shown in (page, text):
        assert "Zabriskie" not in shown
        assert patient.birth.in_words not in shown
    assert "Record number (MRN) A-2002" in text


@pytest.mark.parametrize("mrn", ["NOBODY-1", "T-9"])
def test_an_mrn_of_nobody_and_one_of_another_clinic_are_told_alike(
    universe: Universe, manager: Client, mrn: str
) -> None:
    build_patient(universe.theirs, mrn="T-9")
    page = manager.get(BY_MRN, {"mrn": mrn}).content.decode()
    assert "No patient of this clinic has this MRN." in page
    assert manager.get("/patients/access.pdf", {"mrn": mrn}).status_code == 302
    (event,) = Event.objects.filter(action="access_report.shown")
    assert (event.patient_id, event.details) == (None, {})


def test_it_asks_as_many_questions_for_many_events_as_for_few(
    universe: Universe, patient: Patient, provider: Client
) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            provider.get(f"/patients/{patient.pk}/access/")
        return len(asked)

    questions()
    before = questions()
    for _ in range(60):
        show(universe.ours, patient)
    assert questions() == before
