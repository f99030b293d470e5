"""The page that reads a schedule back and has it signed."""

from __future__ import annotations

import pytest
from django.test import Client

from taperplanner.accounts.models import Clinic
from taperplanner.audit.models import Event
from taperplanner.patients.models import Fact, SafetyFact
from taperplanner.tapers.models import Plan, Version

from ..world.plan_pages import DATE_OF_BIRTH, plan_url, posted_draft, posted_reason, posted_signature
from ..world.plans import save_draft, typed_schedule
from ..world.universe import PASSWORD, Universe

pytestmark = pytest.mark.usefixtures("now")


def test_an_unsafe_spelling_is_kept_only_with_a_reason(
    universe: Universe, provider: Client, plan: Plan
) -> None:
    provider.post(plan_url(plan, "draft/"), posted_draft(plan, **{"steps-1-note": "QD"}))
    assert (
        "Write why this is meant"
        in provider.post(plan_url(plan, "draft/sign/"), posted_signature(plan)).content.decode()
    )
    provider.post(
        plan_url(plan, "draft/sign/"),
        posted_signature(plan, **posted_reason(plan, "misread-2", "The patient writes it so")),
    )
    assert plan.versions.get().acknowledgements[0]["reason"] == "The patient writes it so"


def test_the_signing_page_reads_the_schedule_back_in_sentences(
    universe: Universe, provider: Client, plan: Plan
) -> None:
    save_draft(plan, typed_schedule(), universe.ours)
    page = provider.get(plan_url(plan, "draft/sign/")).content.decode()
    for text in (
        "From Monday, March 2, 2026 to Sunday, March 15, 2026, 14 days (fourteen days): 2 mg a day (two milligrams).",
        "0.75 mg a day (zero point seven five milligrams). Change from the step before: down 0.25 mg (25 %).",
        "Morning: ½ tablet (half a tablet) of clonazePAM 0.5 mg tablet.",
        "Stop. From Monday, May 4, 2026 on: none.",
        "You sign as <bdi>Priya Provider, MD</bdi>",
        "March 2, 1980 (46 years)",
    ):
        assert text in page


def test_a_signature_makes_version_one(universe: Universe, provider: Client, plan: Plan) -> None:
    save_draft(plan, typed_schedule(), universe.ours)
    answer = provider.post(plan_url(plan, "draft/sign/"), posted_signature(plan), follow=True)
    assert "Signed as version 1. It can be printed now." in answer.content.decode()
    assert plan.versions.get().signed_by == universe.ours.provider


def test_a_clinic_that_requires_a_check_is_not_told_to_print(
    universe: Universe, provider: Client, plan: Plan
) -> None:
    Clinic.objects.update(requires_check=True)
    save_draft(plan, typed_schedule(), universe.ours)
    page = provider.post(plan_url(plan, "draft/sign/"), posted_signature(plan), follow=True).content.decode()
    assert "It can be printed once a second person has checked it." in page


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"password": "wrong"}, "This is not your password."),
        ({"password": ""}, "Enter your password to sign."),
        ({"date_of_birth": "03/02/1981"}, "This is not this patient&#x27;s date of birth."),
        ({"date_of_birth": "3/2"}, "This is not a date we can read."),
        ({"date_of_birth": ""}, "Type the patient&#x27;s date of birth."),
    ],
)
def test_a_signature_needs_the_password_and_the_birth_date(
    universe: Universe, provider: Client, plan: Plan, changed: dict[str, str], sentence: str
) -> None:
    save_draft(plan, typed_schedule(), universe.ours)
    page = provider.post(plan_url(plan, "draft/sign/"), posted_signature(plan, **changed)).content.decode()
    assert sentence in page
    assert PASSWORD not in page
    assert not Version.objects.exists()


def test_a_refused_signature_leaves_an_event_without_what_was_typed(
    universe: Universe, provider: Client, plan: Plan
) -> None:
    save_draft(plan, typed_schedule(), universe.ours)
    provider.post(plan_url(plan, "draft/sign/"), posted_signature(plan, password="hunter2hunter2"))
    event = Event.objects.get(action="draft.signing_refused")
    assert event.details == {"why": "wrong password", "from": "127.0.0.1"}


def test_passwords_cannot_be_tried_without_end_at_the_signature(
    universe: Universe, provider: Client, plan: Plan
) -> None:
    save_draft(plan, typed_schedule(), universe.ours)
    pages = [
        provider.post(plan_url(plan, "draft/sign/"), posted_signature(plan, password="no")).content.decode()
        for _ in range(12)
    ]
    assert "This is not your password." in pages[0]
    assert "Too many tries." in pages[-1]
    assert (
        "Too many tries."
        in provider.post(plan_url(plan, "draft/sign/"), posted_signature(plan)).content.decode()
    )


def test_a_second_tab_that_signs_finds_the_version_the_first_one_made(
    universe: Universe, provider: Client, plan: Plan
) -> None:
    save_draft(plan, typed_schedule(), universe.ours)
    twice = posted_signature(plan)
    provider.post(plan_url(plan, "draft/sign/"), twice)
    answer = provider.post(plan_url(plan, "draft/sign/"), twice, follow=True)
    assert "The newest version is 1, signed by Priya Provider, MD." in answer.content.decode()
    assert plan.versions.count() == 1


def test_a_tab_that_read_an_older_draft_back_signs_nothing(
    universe: Universe, provider: Client, plan: Plan
) -> None:
    save_draft(plan, typed_schedule(), universe.ours)
    old = posted_signature(plan)
    save_draft(plan, typed_schedule("03/09/2026"), universe.ours)
    answer = provider.post(plan_url(plan, "draft/sign/"), old)
    assert answer.status_code == 409
    assert "so nothing was signed" in answer.content.decode()
    assert not Version.objects.exists()


def test_a_warning_is_asked_about_at_the_signature(universe: Universe, provider: Client, plan: Plan) -> None:
    save_draft(plan, typed_schedule("03/01/2026"), universe.ours)
    refused = provider.post(plan_url(plan, "draft/sign/"), posted_signature(plan)).content.decode()
    assert "Write why this is meant, or go back and change it." in refused
    provider.post(
        plan_url(plan, "draft/sign/"), posted_signature(plan, **posted_reason(plan, "past", "Began by phone"))
    )
    assert plan.versions.get().acknowledgements[0]["reason"] == "Began by phone"


def test_a_reason_is_not_taken_for_a_warning_that_changed_after_it_was_read(
    universe: Universe, provider: Client, plan: Plan
) -> None:
    forget(plan, Fact.OPIOID_USE)
    save_draft(plan, typed_schedule(), universe.ours)
    read = posted_signature(plan, **posted_reason(plan, "gaps", "She does not <say>"))
    forget(plan, Fact.PREGNANCY_OR_BREASTFEEDING)
    page = provider.post(plan_url(plan, "draft/sign/"), read).content.decode()
    assert "Not known about this patient: opioid use; pregnancy or breastfeeding." in page
    assert "This warning changed. Before that you wrote: “She does not &lt;say&gt;”" in page
    assert DATE_OF_BIRTH in page
    assert not Version.objects.exists()
    provider.post(
        plan_url(plan, "draft/sign/"),
        posted_signature(plan, **posted_reason(plan, "gaps", "Asked, and she does not say")),
    )
    said = plan.versions.get().acknowledgements[0]
    assert "pregnancy or breastfeeding" in said["said"]
    assert said["reason"] == "Asked, and she does not say"


def forget(plan: Plan, fact: Fact) -> None:
    SafetyFact.objects.filter(patient=plan.patient, fact=fact).delete()
