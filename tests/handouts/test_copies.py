"""Every printed copy is known: what the paper carries, and what its code tells."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest
import time_machine
from django.test import Client

from taperplanner.audit.models import Event
from taperplanner.guidance.patient_texts import Language
from taperplanner.handouts.copies.actions import record_outcome
from taperplanner.handouts.models import Outcome, PrintedHandout, stale_copies
from taperplanner.handouts.paper import codes
from taperplanner.handouts.paper.layouts import Choice, Layout, Size
from taperplanner.handouts.printing.may_print import CannotPrint
from taperplanner.tapers.actions import end_plan
from taperplanner.tapers.models import State, Version

from ..world.papers import pages_of
from ..world.plans import confirmed_draft, from_json, sign_plan, signed_version, start_revision
from ..world.printing import print_handout
from ..world.universe import NOW, Universe

CHOICE = {"layout": "schedule", "size": "regular", "language": "en"}


@pytest.fixture(autouse=True)
def _now() -> object:
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def version(universe: Universe) -> Version:
    return signed_version(universe.ours)


def address(version: Version, rest: str = "") -> str:
    return f"/patients/{version.plan.patient_id}/plans/1/versions/{version.number}/{rest}"


def print_it(version: Version, universe: Universe, choice: Choice | None = None) -> PrintedHandout:
    return print_handout(version=version, choice=choice or Choice(), by=universe.ours.staff, at=NOW)


def replace_it(version: Version, universe: Universe, day: date = date(2026, 3, 20)) -> Version:
    draft = start_revision(version, universe.ours, day)
    return sign_plan(version.plan, universe.ours, confirmed_draft(from_json(draft.content)))


def asked(code: str) -> str:
    return re.sub(r"\s+", " ", Client().get(f"/handouts/{code}/").content.decode())


def test_a_print_answers_with_a_pdf_of_one_known_copy(universe: Universe, version: Version) -> None:
    client = universe.client_of(universe.ours.staff)
    answer = client.post(address(version, "handout/print/"), CHOICE, follow=True)
    copy = PrintedHandout.objects.get()
    assert (copy.number, copy.printed_by_name, copy.layout) == (1, "Sam Staff, RN", "schedule")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'inline; filename="handout-copy-{copy.number}.pdf"'
    pages = pages_of(answer.content)
    for number, page in enumerate(pages, 1):
        assert "Ana Rivera, born March 2, 1980, MRN A-1001" in page
        assert "Version 1, signed by Priya Provider, MD on March 2, 2026" in page
        assert f"Page {number} of {len(pages)}" in page
        assert copy.written_code in page
    assert "Printed on March 2, 2026, 10:00 AM." in pages[0]
    assert f"testserver/handouts/ Code: {copy.written_code}" in pages[0]


def test_a_print_leaves_one_event_without_a_dose_or_the_code(universe: Universe, version: Version) -> None:
    before = Event.objects.count()
    copy = print_it(version, universe)
    assert Event.objects.count() == before + 1
    event = Event.objects.get(action="handout.printed")
    assert event.subject == "plan 1, version 1, copy 1"
    assert copy.code not in str(event.details)


def test_looking_at_the_choice_makes_no_copy(universe: Universe, version: Version) -> None:
    client = universe.client_of(universe.ours.staff)
    page = client.get(address(version, "handout/print/"), CHOICE).content.decode()
    assert 'hx-get="' + address(version, "handout/print/preview/") in page
    assert "<img" not in page
    pages = client.get(address(version, "handout/print/preview/"), CHOICE).content.decode()
    assert 'src="data:image/png;base64,' in pages
    assert not PrintedHandout.objects.exists()


def test_the_stable_address_gives_the_users_newest_copy_or_the_page_to_make_one(
    universe: Universe, version: Version
) -> None:
    client = universe.client_of(universe.ours.staff)
    assert client.get(address(version, "handout.pdf"))["Location"] == address(version, "handout/print/")
    print_it(version, universe)
    newest = print_it(version, universe)
    assert newest.written_code in pages_of(client.get(address(version, "handout.pdf")).content)[0]
    other = universe.client_of(universe.ours.provider).get(address(version, "handout.pdf"))
    assert other["Location"] == address(version, "handout/print/")


def test_what_was_chosen_is_offered_the_next_time(universe: Universe, version: Version) -> None:
    print_it(version, universe, Choice(Layout.SCHEDULE, Size.LARGE, Language.SPANISH))
    page = universe.client_of(universe.ours.staff).get(address(version, "handout/print/")).content.decode()
    assert re.search(r'value="large"[^>]*checked', page)
    assert re.search(r'value="es"[^>]*checked', page)


def test_a_version_nobody_checked_makes_no_copy_where_the_clinic_wants_a_check(
    universe: Universe, version: Version
) -> None:
    clinic = version.plan.patient.clinic
    clinic.requires_check = True
    clinic.save()
    with pytest.raises(CannotPrint):
        print_it(version, universe)
    for rest in ("handout/", "handout.pdf", "handout/print/"):
        assert universe.client_of(universe.ours.staff).get(address(version, rest)).status_code == 409


def test_each_page_of_a_replaced_versions_pdf_says_so(universe: Universe, version: Version) -> None:
    copy = print_it(version, universe, Choice(size=Size.LARGE))
    replace_it(version, universe)

    def pages_on(day: date) -> list[str]:
        universe.clients.clear()
        with time_machine.travel(datetime.combine(day, NOW.time(), NOW.tzinfo)):
            answer = universe.client_of(universe.ours.staff).get(copy.get_absolute_url())
        return pages_of(answer.content)

    before, after = pages_on(date(2026, 3, 19)), pages_on(date(2026, 3, 20))
    assert min(len(before), len(after)) > 1
    for page in before:
        assert "CHANGES SOON" in page
        assert "Follow this paper up to the day before Friday, March 20, 2026." in page
    for page in after:
        assert "REPLACED" in page
        assert "Do not follow this paper from that day." in page


def test_a_letter_that_no_font_has_is_said_in_words_and_the_browser_prints_it(
    universe: Universe, version: Version
) -> None:
    patient = version.plan.patient
    type(patient).objects.filter(pk=patient.pk).update(preferred_name="Nita ཀ")
    client = universe.client_of(universe.ours.staff)
    page = client.post(address(version, "handout/print/"), CHOICE).content.decode()
    assert "The paper cannot show “ཀ” (U+0F40)" in page
    assert not PrintedHandout.objects.exists()
    printed = client.post(address(version, "handout/print/"), {**CHOICE, "how": "page"}, follow=True)
    assert "Nita ཀ" in printed.content.decode()
    assert PrintedHandout.objects.get().written_code in printed.content.decode()


# --- What a code tells ------------------------------------------------------------------------


def test_a_code_says_that_the_paper_is_current(universe: Universe, version: Version) -> None:
    page = asked(print_it(version, universe).written_code)
    assert "This paper is current" in page


@pytest.mark.parametrize(
    ("day", "says"),
    [
        (date(2026, 3, 20), "This paper will be replaced on Friday, March 20, 2026"),
        (date(2026, 3, 2), "This paper was replaced on Monday, March 2, 2026"),
    ],
)
def test_a_code_says_that_the_paper_is_replaced(
    universe: Universe, version: Version, day: date, says: str
) -> None:
    copy = print_it(version, universe)
    replace_it(version, universe, day)
    page = asked(copy.written_code)
    assert says in page
    assert "This paper is current" not in page


def test_a_code_says_that_the_plan_has_ended(universe: Universe, version: Version) -> None:
    copy = print_it(version, universe)
    provider = universe.ours.provider
    end_plan(plan=version.plan, revision=1, state=State.COMPLETED, reason="Done", by=provider, at=NOW)
    page = asked(copy.written_code)
    assert "This plan has ended" in page
    assert "Do not follow this paper." in page


def test_a_code_speaks_the_language_of_its_paper(universe: Universe, version: Version) -> None:
    page = asked(print_it(version, universe, Choice(language=Language.SPANISH)).written_code)
    assert "Esta hoja está vigente" in page
    assert 'lang="es"' in page


def test_a_code_tells_nothing_about_the_patient_or_the_clinic(universe: Universe, version: Version) -> None:
    page = asked(print_it(version, universe).written_code)
    for told in ("Rivera", "A-1001", "1980", "Riverside", "555-0100", "clonazepam", "mg", "Priya", "Sam"):
        assert told not in page


def test_a_wrong_code_and_a_malformed_one_are_answered_alike(universe: Universe) -> None:
    answers = [Client().get(f"/handouts/{code}/") for code in (codes.written(codes.new_code()), "x", "0'--")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert "This code is not known" in answers[0].content.decode()


def test_codes_cannot_be_tried_without_end(universe: Universe, version: Version, settings: object) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"handout_code": "2/m/ip"}  # type: ignore[attr-defined]
    code = print_it(version, universe).written_code
    assert [Client().get(f"/handouts/{code}/").status_code for _ in range(3)] == [200, 200, 429]


def test_whoever_asks_too_often_reads_why_in_each_language_and_finds_no_way_in(
    universe: Universe, version: Version, settings: object
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"handout_code": "1/m/ip"}  # type: ignore[attr-defined]
    code = print_it(version, universe).written_code
    page = [asked(code) for _ in range(2)][1]
    assert "Please wait a minute" in page
    assert re.search(r'<section lang="es"[^>]*> <h2>Espere un minuto, por favor', page)
    assert re.findall(r'<a [^>]*href="([^"]*)"', page) == ["#content"]
    assert "<footer" not in page
    assert code not in page


def test_a_code_is_read_however_it_is_typed() -> None:
    code = codes.new_code()
    assert codes.read(codes.written(code).lower()) == code
    assert codes.read(f" {codes.written(code).replace('-', ' ')} ") == code


def test_nobody_can_guess_a_code() -> None:
    assert len(codes.ALPHABET) ** codes.LENGTH > 2**60
    assert not set(codes.ALPHABET) & set("0O1IL2Z5S8BUVAEMGCQX") - {"V"}
    assert len({codes.new_code() for _ in range(1000)}) == 1000


# --- Copies that are stale --------------------------------------------------------------------


def test_after_a_revision_the_plan_shows_which_copies_are_stale(universe: Universe, version: Version) -> None:
    old = print_it(version, universe)
    new = print_it(replace_it(version, universe), universe)
    assert list(stale_copies(universe.ours.clinic)) == [old]
    page = universe.client_of(universe.ours.staff).get(version.plan.get_absolute_url()).content.decode()
    assert page.count("Holds up to the day before Friday, March 20, 2026") == page.count("Still out.") == 1
    assert "1 printed copy still holds, and is replaced soon." in re.sub(r"\s+", " ", page)
    assert old.written_code in page
    assert new.written_code in page


def test_a_copy_that_is_collected_is_no_longer_out_and_that_can_be_taken_back(
    universe: Universe, version: Version
) -> None:
    copy = print_it(version, universe)
    replace_it(version, universe)
    client = universe.client_of(universe.ours.staff)
    said = client.post(address(version, "handout/copies/1/outcome/"), {"outcome": "collected"})
    assert said["Location"] == f"{version.plan.get_absolute_url()}#copies"
    assert not stale_copies(universe.ours.clinic)
    later = NOW.replace(hour=16)
    record_outcome(copy=copy, outcome=Outcome.STILL_OUT, by=universe.ours.staff, at=later)
    assert list(stale_copies(universe.ours.clinic)) == [copy]
    assert [said.said_by_name for said in copy.outcomes.all()] == ["Sam Staff, RN"] * 2


def test_the_copies_of_an_ended_plan_are_stale(universe: Universe, version: Version) -> None:
    copy = print_it(version, universe)
    assert not stale_copies(universe.ours.clinic)
    provider = universe.ours.provider
    end_plan(plan=version.plan, revision=1, state=State.WITHDRAWN, reason="Wrong", by=provider, at=NOW)
    assert list(stale_copies(universe.ours.clinic)) == [copy]
    assert not stale_copies(universe.theirs.clinic)


def test_the_worklist_names_a_stale_copy_until_somebody_says_that_it_is_back(
    universe: Universe, version: Version
) -> None:
    staff = universe.client_of(universe.ours.staff)
    copy = print_it(version, universe)
    assert copy.written_code not in staff.get("/").content.decode()
    replace_it(version, universe)
    assert copy.written_code in staff.get("/").content.decode()
    assert copy.written_code not in universe.client_of(universe.theirs.staff).get("/").content.decode()
    record_outcome(copy=copy, outcome=Outcome.COLLECTED, by=universe.ours.staff, at=NOW)
    assert copy.written_code not in staff.get("/").content.decode()


def test_plans_ticked_on_the_worklist_go_to_one_file(universe: Universe, version: Version) -> None:
    the_day = NOW.replace(month=version.first_day.month, day=version.first_day.day)
    with time_machine.travel(the_day):
        page = universe.client_of(universe.ours.staff).get("/").content.decode()
    assert "Print their handouts" in page
    assert 'formaction="/handouts/batches/add/"' in page
