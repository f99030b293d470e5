"""Opening, typing and signing a plan."""

from __future__ import annotations

import re

import pytest
from django.db import IntegrityError, transaction

from taperplanner.audit.models import Event
from taperplanner.patients.actions import archive_patient
from taperplanner.patients.models import Kind, MedicationRecord
from taperplanner.saving import Conflict
from taperplanner.tapers import actions
from taperplanner.tapers.draft.typed import TypedDraft, TypedStep, from_json, from_post
from taperplanner.tapers.models import Draft, Product, Version
from taperplanner.tapers.signed.content import verified_content

from ..world.people import ana, clonazepam_record, medication_record
from ..world.plans import (
    DETAILS,
    NARDI,
    TODAY,
    open_plan,
    posted_schedule,
    save_draft,
    sign_plan,
    typed_schedule,
)
from ..world.steps import every_day
from ..world.universe import NOW, Universe


def test_a_plan_opens_with_an_empty_draft(universe: Universe) -> None:
    plan = open_plan(universe.ours)
    draft = from_json(plan.draft.content)
    assert plan.number == 1
    assert draft.filled == ()
    assert plan.drug == "clonazepam"


def test_a_patient_has_one_plan_for_a_drug(universe: Universe) -> None:
    plan = open_plan(universe.ours)
    again = medication_record(plan.patient, universe.ours.provider, name="clonazepam")
    with pytest.raises(actions.CannotOpenPlan, match="has an open plan for clonazepam already"):
        actions.open_plan(
            patient=plan.patient, medication=again, details=DETAILS, by=universe.ours.provider, at=NOW
        )


@pytest.mark.parametrize(
    "name",
    [
        "clonazepam (Klonopin)",
        "Klonopin Wafer",
        "KLONOPIN 1 mg at night",
        "1 mg Rivotril",
        "Clonazepam, the yellow one",
    ],
)
def test_a_name_that_holds_the_drug_of_an_open_plan_gets_no_second_plan(
    universe: Universe, name: str
) -> None:
    plan = open_plan(universe.ours)
    again = medication_record(plan.patient, universe.ours.provider, name=name, kind=Kind.PRESCRIPTION)
    says = f"an open plan for clonazepam already, and {re.escape(name)} names it. Work on plan 1."
    with pytest.raises(actions.CannotOpenPlan, match=says):
        actions.open_plan(
            patient=plan.patient, medication=again, details=DETAILS, by=universe.ours.provider, at=NOW
        )


def test_a_plan_for_a_name_nobody_could_file_is_found_by_the_drug_it_names(universe: Universe) -> None:
    patient, provider = ana(universe.ours), universe.ours.provider
    first = medication_record(patient, provider, name="Klonopin at night", kind=Kind.PRESCRIPTION)
    for medication, expected in ((first, "opened"), (clonazepam_record(patient, provider), "refused")):
        try:
            actions.open_plan(patient=patient, medication=medication, details=DETAILS, by=provider, at=NOW)
            said = "opened"
        except actions.CannotOpenPlan:
            said = "refused"
        assert said == expected


def test_a_record_that_was_written_before_its_name_was_known_is_looked_up_again(universe: Universe) -> None:
    patient, provider = ana(universe.ours), universe.ours.provider
    record = medication_record(patient, provider, name="clonazepam (Klonopin)")
    MedicationRecord.objects.filter(pk=record.pk).update(drug="", drug_class="")
    record.refresh_from_db()
    plan = actions.open_plan(patient=patient, medication=record, details=DETAILS, by=provider, at=NOW)
    assert plan.drug == "clonazepam"


def test_another_drug_gets_a_plan_of_its_own(universe: Universe) -> None:
    plan, provider = open_plan(universe.ours), universe.ours.provider
    record = medication_record(plan.patient, provider, name="lorazepam")
    other = actions.open_plan(patient=plan.patient, medication=record, details=DETAILS, by=provider, at=NOW)
    assert (other.number, other.drug) == (2, "lorazepam")


def test_an_archived_patient_gets_no_plan(universe: Universe) -> None:
    patient, provider = ana(universe.ours), universe.ours.provider
    record = clonazepam_record(patient, provider)
    archive_patient(patient=patient, reason="Moved away", revision=patient.revision, by=provider, at=NOW)
    patient.refresh_from_db()
    with pytest.raises(actions.CannotOpenPlan, match="archived"):
        actions.open_plan(patient=patient, medication=record, details=DETAILS, by=provider, at=NOW)


def test_a_draft_is_kept_letter_for_letter_valid_or_not(universe: Universe) -> None:
    plan = open_plan(universe.ours)
    wrong = TypedDraft("2/30/26", "", (TypedStep("zero", ".5", "\u202e <b>", {"noon-2": "1/3"}), TypedStep()))
    save_draft(plan, wrong, universe.ours)
    assert from_json(Draft.objects.get(plan=plan).content) == wrong


def test_saving_over_a_newer_draft_is_refused(universe: Universe) -> None:
    plan = open_plan(universe.ours)
    old = Draft.objects.get(plan=plan)
    save_draft(plan, typed_schedule(), universe.ours)
    with pytest.raises(Conflict):
        actions.save_draft(
            draft=old, revision=old.revision, typed=TypedDraft(), by=universe.ours.provider, at=NOW
        )
    assert from_json(Draft.objects.get(plan=plan).content) == typed_schedule()


def test_saving_the_same_text_again_is_no_change(universe: Universe) -> None:
    plan = open_plan(universe.ours)
    first = save_draft(plan, typed_schedule(), universe.ours)
    again = save_draft(plan, typed_schedule(), universe.ours)
    assert again.revision == first.revision


def test_signing_writes_what_was_typed_and_nothing_else(universe: Universe) -> None:
    version = sign_plan(open_plan(universe.ours), universe.ours)
    schedule = verified_content(version).schedule
    read_back = []
    for step in schedule.steps:
        taken = {(dose.time.value, dose.product): str(dose.quantity) for dose in step.all_doses}
        cells_of_row = [
            taken.get(key, "") for key in (("morning", 1), ("bedtime", 1), ("morning", 2), ("bedtime", 2))
        ]
        read_back.append((str(step.days), every_day(step).dose.number, *cells_of_row))
        assert not set(taken) - {("morning", 1), ("bedtime", 1), ("morning", 2), ("bedtime", 2)}
    assert tuple(read_back) == NARDI


def test_signing_ends_the_draft_and_leaves_one_event_with_the_hash(universe: Universe) -> None:
    version = sign_plan(open_plan(universe.ours), universe.ours)
    assert not Draft.objects.exists()
    event = Event.objects.get(action="draft.signed")
    assert event.details == {"hash": version.content_hash}
    assert event.patient_id == version.plan.patient_id


def test_a_version_says_who_it_was_signed_for_and_by_whom(universe: Universe) -> None:
    version = sign_plan(open_plan(universe.ours), universe.ours)
    assert (version.patient_name, version.patient_mrn) == ("Ana Rivera", "A-1001")
    assert version.signed_by_name == "Priya Provider, MD"
    assert version.drug_name == "clonazepam (Klonopin)"
    assert version.number == 1


@pytest.mark.parametrize(
    "broken", [{"steps-1-dose": "1.25"}, {"steps-0-days": "0"}, {"ending": ""}, {"steps-3-morning-2": "¼"}]
)
def test_a_draft_with_a_blocker_cannot_be_signed(universe: Universe, broken: dict[str, str]) -> None:
    plan = open_plan(universe.ours)
    with pytest.raises(actions.CannotSign) as refusal:
        sign_plan(plan, universe.ours, from_post(posted_schedule() | broken))
    assert any(problem.is_blocker for problem in refusal.value.problems)
    assert not Version.objects.exists()
    assert Draft.objects.filter(plan=plan).exists()


def test_a_warning_without_a_reason_cannot_be_signed(universe: Universe) -> None:
    plan = open_plan(universe.ours)
    with pytest.raises(actions.CannotSign, match="in the past"):
        sign_plan(plan, universe.ours, typed_schedule("03/01/2026"), reasons={"past": "  "})
    version = sign_plan(
        plan, universe.ours, typed_schedule("03/01/2026"), reasons={"past": "Started yesterday by phone."}
    )
    assert version.acknowledgements[0]["reason"] == "Started yesterday by phone."
    assert "Sunday, March 1, 2026" in version.acknowledgements[0]["said"]


def test_the_second_of_two_signatures_finds_the_draft_gone(universe: Universe) -> None:
    plan = open_plan(universe.ours)
    draft = save_draft(plan, typed_schedule(), universe.ours)
    sign_plan(plan, universe.ours)
    with pytest.raises(actions.AlreadySigned):
        actions.sign_draft(
            draft=draft, revision=draft.revision, reasons={}, today=TODAY, by=universe.ours.provider, at=NOW
        )
    assert Version.objects.count() == 1


def test_a_draft_that_changed_since_it_was_read_back_is_not_signed(universe: Universe) -> None:
    plan = open_plan(universe.ours)
    shown = save_draft(plan, typed_schedule(), universe.ours)
    save_draft(plan, typed_schedule("03/09/2026"), universe.ours)
    with pytest.raises(Conflict):
        actions.sign_draft(
            draft=shown, revision=shown.revision, reasons={}, today=TODAY, by=universe.ours.provider, at=NOW
        )
    assert not Version.objects.exists()


def test_signing_happens_whole_or_not_at_all(universe: Universe, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = open_plan(universe.ours)
    save_draft(plan, typed_schedule(), universe.ours)

    def fails(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the log is full")

    monkeypatch.setattr("taperplanner.tapers.actions.signing.record", fails)
    draft = Draft.objects.get(plan=plan)
    with pytest.raises(RuntimeError):
        actions.sign_draft(
            draft=draft, revision=draft.revision, reasons={}, today=TODAY, by=universe.ours.provider, at=NOW
        )
    assert not Version.objects.exists()
    assert Draft.objects.filter(plan=plan).exists()


def test_a_product_that_was_retired_stays_as_signed(universe: Universe) -> None:
    version = sign_plan(open_plan(universe.ours), universe.ours)
    before = verified_content(version).canonical()
    product = Product.objects.get(plan=version.plan, number=2)
    actions.retire_product(product=product, by=universe.ours.provider, at=NOW)
    assert verified_content(Version.objects.select_related("plan").get(pk=version.pk)).canonical() == before


def test_two_versions_cannot_have_one_number(universe: Universe) -> None:
    version = sign_plan(open_plan(universe.ours), universe.ours)
    twin = Version.objects.get(pk=version.pk)
    twin.pk, twin._state.adding = None, True
    twin.id = Version._meta.pk.get_default()
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()
