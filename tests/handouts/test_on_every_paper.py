"""What a patient must find on each layout, and what a file must not tell about them."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

import pytest
from django.conf import settings
from django.test import Client, RequestFactory, override_settings
from pypdf import PdfReader

from taperplanner.handouts.copies.files import data_of_copy, job_of, pdf_of_copy
from taperplanner.handouts.models import PrintedHandout
from taperplanner.handouts.paper.codes import qr_drawing
from taperplanner.handouts.paper.layouts import Choice, Layout, Size
from taperplanner.handouts.printing.render import AddressOf, address_of
from taperplanner.patients.actions import archive_patient
from taperplanner.tapers.models import Version

from ..world.papers import printed_pages
from ..world.plans import signed_version
from ..world.printing import print_handout
from ..world.universe import NOW, Universe
from .test_handout import SIGNED, published

WITH_THE_SCHEDULE = [
    pytest.param(Choice(layout, size), id=f"{layout}-{size}")
    for layout in (Layout.SCHEDULE, Layout.CALENDAR, Layout.CHECKLIST)
    for size in Size
]
REPLACES = (
    "Replaces version 1 from Monday, March 2, 2026 on. Keep older papers until that day. Then throw them out."
)


def text_of(choice: Choice) -> str:
    signature = replace(SIGNED, version=2, replaces=REPLACES, checked="Checked by Cora Checker.")
    return " ".join(printed_pages(published(), choice, signature=signature))


@pytest.mark.parametrize("choice", WITH_THE_SCHEDULE)
def test_it_says_what_it_replaces_who_checked_it_how_it_ends_and_not_to_stop(choice: Choice) -> None:
    text = text_of(choice)
    assert REPLACES in text
    assert "Checked by Cora Checker." in text
    assert "STOP on Monday, May 4, 2026" in text
    assert "Do not stop this medicine suddenly. Do one step at a time." in text


def test_a_card_says_which_version_it_replaces() -> None:
    assert REPLACES in text_of(Choice(Layout.WALLET))


@pytest.mark.parametrize("choice", [*WITH_THE_SCHEDULE, pytest.param(Choice(Layout.WALLET), id="wallet")])
def test_each_phone_stands_behind_its_own_name(choice: Choice) -> None:
    text = text_of(choice)
    assert re.search(r"Clinic phone:? 555-0100", text)
    assert re.search(r"After hours:? 555-0199", text)
    assert not re.search(r"Clinic phone:? 555-0199|After hours:? 555-0100", text)


def test_in_large_print_each_step_says_its_daily_dose() -> None:
    text = text_of(Choice(Layout.SCHEDULE, Size.LARGE))
    assert re.findall(r"([\d.]+) mg in all each day", text) == ["2", "1.5", "1", "0.75", "0.5", "0.25"]


def test_the_pharmacy_summary_prints_what_was_counted() -> None:
    text = " ".join(printed_pages(published(), Choice(Layout.PHARMACY, fill_days=30)))
    rows = re.findall(r"clonazepam ([\d.]+ mg) tablet ([\d½]+ tablets?) ([\d½]+ tablets?)", text)
    assert rows[:3] == [
        ("1 mg", "42 tablets", "42 tablets"),
        ("0.5 mg", "18 tablets", "18 tablets"),
        ("0.5 mg", "43½ tablets", "44 tablets"),
    ]
    assert rows[-2:] == [("1 mg", "42 tablets", "42 tablets"), ("0.5 mg", "63 tablets", "63 tablets")]


@pytest.fixture(name="copy")
def _copy(universe: Universe) -> PrintedHandout:
    version = signed_version(universe.ours)
    made = print_handout(version=version, choice=Choice(), by=universe.ours.staff, at=NOW)
    return PrintedHandout.objects.with_version().get(pk=made.pk)


@pytest.fixture(name="staff")
def _staff(universe: Universe) -> Client:
    return universe.client_of(universe.ours.staff)


def asked_at(host: str) -> AddressOf:
    return address_of(RequestFactory().get("/", headers={"host": host}))


def test_the_file_tells_nothing_about_the_patient_before_it_is_opened(copy: PrintedHandout) -> None:
    reader = PdfReader(BytesIO(pdf_of_copy(copy, job_of(copy, NOW.date()), asked_at("testserver"))))
    assert reader.metadata is not None
    told = f"{dict(reader.metadata)} {reader.root_object['/Metadata'].get_data().decode()}"  # type: ignore[union-attr]
    assert "Handout" in told
    patient = copy.version.plan.patient
    for private in (patient.family_name, patient.given_name, patient.mrn, "clonazepam", copy.written_code):
        assert private.casefold() not in told.casefold()


def test_the_drawn_code_is_the_address_that_is_printed_beside_it(copy: PrintedHandout) -> None:
    printed = data_of_copy(copy, job_of(copy, NOW.date()), asked_at("testserver"))["copy"]
    assert printed["address"] == f"testserver/handouts/{copy.written_code}/"
    assert printed["qr"] == qr_drawing(f"http://{printed['address']}")


@override_settings(SITE_ADDRESS="https://clinic.example/")
def test_the_code_leads_to_the_sites_own_address_whatever_address_staff_used(copy: PrintedHandout) -> None:
    printed = data_of_copy(copy, job_of(copy, NOW.date()), asked_at("localhost"))["copy"]
    assert printed["address"] == f"clinic.example/handouts/{copy.written_code}/"
    assert printed["qr"] == qr_drawing(f"https://clinic.example/handouts/{copy.written_code}/")


@pytest.mark.parametrize("rest", ["", ".pdf"])
def test_a_copy_is_not_printed_again_for_an_archived_patient(
    universe: Universe, copy: PrintedHandout, staff: Client, rest: str
) -> None:
    version: Version = copy.version
    address = copy.get_absolute_url() if rest else f"{version.get_absolute_url()}handout/copies/1/"
    assert staff.get(address).status_code == 200
    patient = version.plan.patient
    provider = universe.ours.provider
    archive_patient(patient=patient, reason="Moved", revision=patient.revision, by=provider, at=NOW)
    assert staff.get(address).status_code == 409


def test_codes_are_limited_in_every_installation() -> None:
    assert "handout_code" in settings.ACCOUNT_RATE_LIMITS
