"""The handout prints from what is signed; a draft only shows as a draft."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import time_machine

from taperplanner.accounts.actions import edit_clinic
from taperplanner.accounts.details import ClinicDetails
from taperplanner.audit.models import Event
from taperplanner.tapers.actions import end_plan, start_revision
from taperplanner.tapers.draft.typed import TypedDraft, from_json
from taperplanner.tapers.models import State, Version
from taperplanner.tapers.schedule.reasons import Reason

from ..world.plans import confirmed_draft, open_plan, save_draft, sign_plan, signed_version, typed_schedule
from ..world.universe import NOW, Universe


@pytest.fixture(autouse=True)
def _now() -> object:
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def version(universe: Universe) -> Version:
    return signed_version(universe.ours)


def handout(version: Version) -> str:
    return f"/patients/{version.plan.patient_id}/plans/1/versions/{version.number}/handout/"


@pytest.mark.parametrize("role", ["provider", "staff"])
def test_provider_and_staff_print_what_was_signed(universe: Universe, version: Version, role: str) -> None:
    page = universe.client_of(getattr(universe.ours, role)).get(handout(version)).content.decode()
    for text in (
        "Version 1, signed by <bdi>Priya Provider, MD</bdi> on March 2, 2026",
        "<strong><bdi>Ana Rivera</bdi></strong>, born March 2, 1980, MRN <bdi>A-1001</bdi>",
        "clonazepam (Klonopin)",
        "Printed on March 2, 2026, 10:00 AM",
        "555-0199",
    ):
        assert text in re.sub(r"\s+", " ", page)
    assert "DRAFT" not in page


def test_the_paper_holds_no_guidance_for_clinicians(universe: Universe, version: Version) -> None:
    """It stands over the paper, in the part of the page that no browser prints."""
    page = universe.client_of(universe.ours.staff).get(handout(version)).content.decode()
    over, _, paper = page.partition('<div class="paper">')
    assert (
        "Reference, not an order"
        in over.partition('<nav class="toolbar d-print-none"')[2].partition("</nav>")[0]
    )
    assert "Reference, not an order" not in paper
    assert "%" not in re.sub(r"<[^>]+>", "", page)


def test_showing_the_paper_leaves_one_event(universe: Universe, version: Version) -> None:
    before = Event.objects.count()
    universe.client_of(universe.ours.staff).get(handout(version))
    event = Event.objects.newest_first().first()
    assert Event.objects.count() == before + 1
    assert (event.subject, event.user_name) == ("handouts:handout", "Sam Staff")


def test_a_version_that_does_not_exist_prints_nothing(universe: Universe, version: Version) -> None:
    address = handout(version).replace("versions/1", "versions/2")
    assert universe.client_of(universe.ours.staff).get(address).status_code == 404


def test_a_drafts_preview_says_draft_and_carries_no_signature(universe: Universe) -> None:
    plan = open_plan(universe.ours)
    save_draft(plan, typed_schedule(), universe.ours)
    page = (
        universe.client_of(universe.ours.provider)
        .get(f"{plan.get_absolute_url()}draft/preview/")
        .content.decode()
    )
    assert "DRAFT: not signed, not for the patient" in page
    assert 'class="paper-mark"' in page
    assert "signed by" not in page
    assert "data-print" not in page


@pytest.mark.parametrize(
    "draft",
    [
        pytest.param(TypedDraft("tomorrow"), id="it cannot be read"),
        pytest.param(
            replace(
                typed_schedule(),
                steps=(replace(typed_schedule().steps[0], dose="7"), *typed_schedule().steps[1:]),
            ),
            id="its tablets do not add up to its dose",
        ),
    ],
)
def test_a_draft_that_is_not_right_yet_has_no_preview(universe: Universe, draft: TypedDraft) -> None:
    plan = open_plan(universe.ours)
    save_draft(plan, draft, universe.ours)
    answer = universe.client_of(universe.ours.provider).get(
        f"{plan.get_absolute_url()}draft/preview/", follow=True
    )
    assert answer.redirect_chain[0][0] == f"{plan.get_absolute_url()}draft/"
    assert "can be previewed once" in answer.content.decode()


def test_staff_cannot_see_a_drafts_preview(universe: Universe) -> None:
    plan = open_plan(universe.ours)
    save_draft(plan, typed_schedule(), universe.ours)
    answer = universe.client_of(universe.ours.staff).get(f"{plan.get_absolute_url()}draft/preview/")
    assert answer.status_code == 403


@pytest.mark.parametrize(("paper_size", "sheet"), [("letter", "paper-letter.css"), ("a4", "paper-a4.css")])
def test_the_paper_has_the_clinics_size(
    universe: Universe, version: Version, paper_size: str, sheet: str
) -> None:
    clinic = universe.ours.clinic
    edit_clinic(
        clinic=clinic,
        revision=clinic.revision,
        details=replace(ClinicDetails.of(clinic), paper_size=paper_size),
        by=universe.ours.manager,
        at=NOW,
    )
    page = universe.client_of(universe.ours.staff).get(handout(version)).content.decode()
    assert sheet in page


def test_the_paper_gives_the_clinics_phone_of_today(universe: Universe, version: Version) -> None:
    clinic = universe.ours.clinic
    edit_clinic(
        clinic=clinic,
        revision=clinic.revision,
        details=replace(ClinicDetails.of(clinic), phone="555-0177"),
        by=universe.ours.manager,
        at=NOW,
    )
    page = universe.client_of(universe.ours.staff).get(handout(version)).content.decode()
    assert "555-0177" in page
    assert "555-0100" not in page


def printed(version: Version, universe: Universe) -> str:
    """The page of a copy that the browser prints."""
    client = universe.client_of(universe.ours.staff)
    choice = {"layout": "schedule", "size": "regular", "language": "en", "how": "page"}
    return client.post(f"{handout(version)}print/", choice, follow=True).content.decode()


def test_without_a_copy_the_paper_is_a_preview(universe: Universe, version: Version) -> None:
    page = universe.client_of(universe.ours.staff).get(handout(version)).content.decode()
    assert 'data-word="PREVIEW"' in page
    assert "data-print" not in page
    assert "paper-qr" not in page


def revised(version: Version, universe: Universe) -> Version:
    draft = start_revision(
        plan=version.plan,
        first_day=date(2026, 3, 20),
        typed_day="3/20/2026",
        reason=Reason.SYMPTOMS,
        explanation="",
        by=universe.ours.provider,
        at=NOW,
    )
    return sign_plan(version.plan, universe.ours, confirmed_draft(from_json(draft.content)))


def test_a_replaced_version_prints_only_with_a_mark_across_every_page(
    universe: Universe, version: Version
) -> None:
    revised(version, universe)
    page = universe.client_of(universe.ours.staff).get(handout(version)).content.decode()
    assert 'data-word="CHANGES SOON"' in page
    assert "Follow this paper up to the day before Friday, March 20, 2026." in page
    universe.clients.clear()
    with time_machine.travel(datetime(2026, 3, 20, 15, tzinfo=UTC)):
        page = universe.client_of(universe.ours.staff).get(handout(version)).content.decode()
    assert 'data-word="REPLACED"' in page
    assert "Replaced by version 2 from Friday, March 20, 2026 on." in page


def test_the_new_paper_says_which_one_it_replaces_and_has_no_mark(
    universe: Universe, version: Version
) -> None:
    page = printed(revised(version, universe), universe)
    assert "Replaces version 1 and every older paper from Friday, March 20, 2026 on." in page
    assert "paper-mark" not in page


def test_the_paper_of_an_ended_plan_is_marked(universe: Universe, version: Version) -> None:
    provider = universe.ours.provider
    end_plan(
        plan=version.plan, revision=1, state=State.WITHDRAWN, reason="Wrong patient", by=provider, at=NOW
    )
    page = universe.client_of(universe.ours.staff).get(handout(version)).content.decode()
    assert 'data-word="ENDED"' in page
    assert "withdrawn in error" in page


def test_names_stand_in_tall_man_letters_on_screen_and_plain_on_paper(
    universe: Universe, version: Version
) -> None:
    staff = universe.client_of(universe.ours.staff)
    assert "clonazePAM" in staff.get(version.get_absolute_url()).content.decode()
    paper = staff.get(handout(version)).content.decode()
    assert "clonazePAM" not in paper
    assert "clonazepam (Klonopin)" in paper
