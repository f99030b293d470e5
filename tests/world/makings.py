"""Each form that makes something: filled in so that it does, and what it makes.

`test_once.py` says which addresses must stand here; `test_sent_at_once.py` sends each of them fifty times.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.urls import reverse

from taperplanner.monitoring.emergencies.actions import answer_emergency
from taperplanner.patients.medications.reviews import list_revision_of
from taperplanner.tapers.actions import discard_draft
from taperplanner.tapers.models import Draft, Plan

from ..world.plan_pages import posted_signature
from .allergies import allergies_review, allergy_add, allergy_in_error
from .at_home import helper_add, helper_end
from .away import own_leave, reassign_posted, user_leave
from .clock import looked
from .course import check_in, count_at_home, emergency_of, note_on, record_dispensing_of, review
from .downtime import hold_answer, hold_request_add
from .flags import flag_add
from .making import Filled, Making, address_of
from .paper_makings import batch_add, copy_outcome, handout_print, patient_handout_print
from .people import ana, build_patient, clonazepam_record
from .plans import NARDI, open_plan, save_draft, signed_version, typed_schedule
from .restricted import REASON, break_the_glass, restricted
from .stays import after_stay, end_in_error, stay_add, stay_correct, stay_end, stay_in_error
from .universe import NOW, PASSWORD, House, checker


def unsigned(house: House) -> Plan:
    """A plan with its products and no draft."""
    plan = open_plan(house)
    draft = Draft.objects.get(plan=plan)
    discard_draft(draft=draft, revision=draft.revision, by=house.provider, at=NOW)
    return plan


def user_add(house: House) -> Filled:
    sent = {"name": "Nora New", "email": "nora@riverside.example", "roles": ["provider"]}
    return Filled(reverse("accounts:user_add"), sent, house.manager)


def protocol_add(house: House) -> Filled:
    sent = {"topic": "emergency", "title": "On weekends", "text": "Ring twice."}
    return Filled(reverse("protocols:protocol_add"), sent, house.manager)


def patient_add(house: House) -> Filled:
    sent = {"given_name": "Ana", "family_name": "Rivera", "date_of_birth": "03/02/1980", "mrn": "A-1001"}
    return Filled(reverse("patients:patient_add"), sent, house.staff)


def patient_restrict(house: House) -> Filled:
    url = reverse("patients:patient_restrict", args=[build_patient(house).pk])
    sent = {"people": [str(house.provider.pk)], "works_here": "", "reason": "Works here", "seen": ""}
    return Filled(url, sent, house.provider)


def restriction_lift(house: House) -> Filled:
    url = reverse("patients:restriction_lift", args=[restricted(house).pk])
    return Filled(url, {"reason": "Left the clinic"}, house.provider)


def emergency_access(house: House) -> Filled:
    patient = restricted(house)
    url = reverse("patients:emergency_access", args=[patient.pk])
    return Filled(url, {"reason": REASON, "asked": patient.get_absolute_url(), "sent": ""}, house.staff)


def emergency_access_review(house: House) -> Filled:
    access = break_the_glass(restricted(house), house.staff)
    url = reverse("patients:emergency_access_review", args=[access.pk])
    return Filled(url, {"note": "On call that night"}, house.manager)


def medication_add(house: House) -> Filled:
    url = reverse("patients:medication_add", args=[build_patient(house).pk])
    return Filled(url, {"name": "Beer", "use": "regular"}, house.staff)


def medication_review(house: House) -> Filled:
    patient = ana(house)
    clonazepam_record(patient, house.provider)
    revision = list_revision_of(list(patient.medications.values_list("revision", flat=True)))
    url = reverse("patients:medication_review", args=[patient.pk])
    return Filled(url, {"revision": str(revision)}, house.staff)


def plan_add(house: House) -> Filled:
    patient = ana(house)
    record = clonazepam_record(patient, house.provider)
    sent = {"medication": str(record.pk), "goal": "discontinue", "reason": "Years", "agreed_by": "Ana"}
    return Filled(reverse("tapers:plan_add", args=[patient.pk]), sent, house.provider)


def product_add(house: House) -> Filled:
    url = address_of("tapers:product_add", open_plan(house))
    return Filled(url, {"marketed": "tablet-2", "tablet_part": "1000"}, house.provider)


def draft_start(house: House) -> Filled:
    return Filled(address_of("tapers:draft_start", unsigned(house)), {}, house.provider)


def draft_sign(house: House) -> Filled:
    plan = open_plan(house)
    save_draft(plan, typed_schedule(), house)
    return Filled(address_of("tapers:draft_sign", plan), posted_signature(plan), house.provider)


def plan_revise(house: House) -> Filled:
    sent = {"first_day": "03/20/2026", "reason": "symptoms"}
    return Filled(address_of("tapers:plan_revise", signed_version(house).plan), sent, house.provider)


def plan_hold(house: House) -> Filled:
    return Filled(address_of("tapers:plan_hold", signed_version(house).plan), {}, house.provider)


def version_check(house: House) -> Filled:
    sent = {f"dose-{number}": row[1] for number, row in enumerate(NARDI, 1)} | {"password": PASSWORD}
    version = signed_version(house)
    return Filled(address_of("tapers:version_check", version.plan, version.number), sent, checker(house))


def follow_up_add(house: House) -> Filled:
    sent = {"when": "date", "due_on": "03/09/2026", "purpose": "Call", "assigned_to": str(house.staff.pk)}
    return Filled(address_of("monitoring:follow_up_add", open_plan(house)), sent, house.staff)


CHECK_IN: Final = {"happened_on": "03/02/2026", "contact": "phone", "rows": "3", "symptom_anxiety": "2"}


def check_in_add(house: House) -> Filled:
    return Filled(address_of("monitoring:check_in_add", signed_version(house).plan), CHECK_IN, house.staff)


def check_in_correct(house: House) -> Filled:
    plan = signed_version(house).plan
    url = address_of("monitoring:check_in_correct", plan, check_in(plan, house).number)
    return Filled(url, CHECK_IN | {"why_corrected": "Misheard"}, house.staff)


def emergency_answered(house: House) -> Filled:
    plan = signed_version(house).plan
    url = address_of("monitoring:emergency_answer", plan, emergency_of(plan, house).check_in.number)
    return Filled(url, {"done": "Called 911"}, house.staff)


def emergency_close(house: House) -> Filled:
    plan = signed_version(house).plan
    raised = emergency_of(plan, house)
    answer_emergency(emergency=raised, done="Called 911", by=house.staff, at=NOW)
    url = address_of("monitoring:emergency_close", plan, raised.check_in.number)
    return Filled(url, {"note": "Seen, and stable"}, house.provider)


DISPENSED: Final = {"product": "2", "quantity": "28", "dispensed_on": "03/02/2026"}


def dispensing_add(house: House) -> Filled:
    return Filled(address_of("monitoring:dispensing_add", signed_version(house).plan), DISPENSED, house.staff)


def dispensing_correct(house: House) -> Filled:
    plan = signed_version(house).plan
    url = address_of("monitoring:dispensing_correct", plan, record_dispensing_of(plan, house, "30").number)
    return Filled(url, DISPENSED | {"why": "Counted again"}, house.staff)


def home_count_add(house: House) -> Filled:
    url = address_of("monitoring:home_count_add", signed_version(house).plan)
    counted = {"product": "2", "counted_on": "03/02/2026", "moment": "before", "left": "28"}
    return Filled(url, counted, house.staff)


REVIEWED: Final = {"reviewed_on": "03/02/2026", "pdmp": "looked_at", "next_due_on": "05/04/2026"}


def review_add(house: House) -> Filled:
    return Filled(address_of("monitoring:review_add", signed_version(house).plan), REVIEWED, house.staff)


def review_correct(house: House) -> Filled:
    plan = signed_version(house).plan
    url = address_of("monitoring:review_correct", plan, review(plan, house, naloxone="offered").number)
    return Filled(url, REVIEWED | {"why": "Another day"}, house.staff)


def note_add(house: House) -> Filled:
    url = reverse("monitoring:note_add", args=[build_patient(house).pk])
    return Filled(url, {"text": "Ring in the afternoon.\nWorks nights."}, house.staff)


def note_in_error(house: House) -> Filled:
    patient = build_patient(house)
    url = reverse("monitoring:note_in_error", args=[patient.pk, note_on(patient, house).number])
    return Filled(url, {"reason": "Of another patient"}, house.staff)


def shortfall_explain(house: House) -> Filled:
    plan = signed_version(house).plan
    record_dispensing_of(plan, house, "30")
    counted = count_at_home(plan, house, "20")
    url = address_of("monitoring:shortfall_explain", plan, counted.product.number)
    return Filled(url, {"text": "Some are at work"}, house.staff)


def entered_in_error(house: House) -> Filled:
    plan = signed_version(house).plan
    url = address_of(
        "monitoring:entered_in_error", plan, "dispensing", record_dispensing_of(plan, house, "30").number
    )
    return Filled(url, {"reason": "Of another patient"}, house.staff)


MAKINGS: Final[Mapping[str, Making]] = {
    "accounts:user_add": Making("accounts.User", user_add),
    "clock:differences": Making("clock.ClockLook", looked),
    "accounts:own_leave": Making("accounts.Leave", own_leave),
    "accounts:user_leave": Making("accounts.Leave", user_leave),
    "worklist:reassign": Making("tapers.PlanAssignment", reassign_posted),
    "protocols:protocol_add": Making("protocols.Protocol", protocol_add),
    "patients:patient_add": Making("patients.Patient", patient_add),
    "patients:patient_restrict": Making("patients.Restriction", patient_restrict),
    "patients:restriction_lift": Making("patients.Restriction", restriction_lift),
    "patients:emergency_access": Making("patients.EmergencyAccess", emergency_access),
    "patients:emergency_access_review": Making("patients.EmergencyAccessReview", emergency_access_review),
    "patients:medication_add": Making("patients.MedicationRecord", medication_add),
    "patients:medication_review": Making("patients.MedicationReview", medication_review),
    "patients:allergy_add": Making("patients.Allergy", allergy_add),
    "patients:allergy_in_error": Making("patients.AllergyInError", allergy_in_error),
    "patients:allergies_review": Making("patients.AllergyReview", allergies_review),
    "patients:helper_add": Making("patients.HomeHelper", helper_add),
    "patients:helper_end": Making("patients.HomeHelperEnd", helper_end),
    "flags:flag_add": Making("flags.Flag", flag_add),
    "stays:stay_add": Making("stays.Stay", stay_add),
    "stays:stay_correct": Making("stays.Stay", stay_correct),
    "stays:stay_end": Making("stays.StayEnd", stay_end),
    "stays:stay_in_error": Making("stays.StayInError", stay_in_error),
    "stays:end_in_error": Making("stays.StayEndInError", end_in_error),
    "stays:after_stay": Making("stays.GoesOn", after_stay),
    "tapers:plan_add": Making("tapers.Plan", plan_add),
    "tapers:product_add": Making("tapers.Product", product_add),
    "tapers:draft_start": Making("tapers.Draft", draft_start),
    "tapers:draft_sign": Making("tapers.Version", draft_sign),
    "tapers:plan_revise": Making("tapers.Draft", plan_revise),
    "tapers:plan_hold": Making("tapers.Draft", plan_hold),
    "tapers:version_check": Making("tapers.VersionCheck", version_check),
    "monitoring:follow_up_add": Making("monitoring.FollowUp", follow_up_add),
    "monitoring:check_in_add": Making("monitoring.CheckIn", check_in_add),
    "monitoring:check_in_correct": Making("monitoring.CheckIn", check_in_correct),
    "monitoring:emergency_answer": Making("monitoring.EmergencyEntry", emergency_answered),
    "monitoring:emergency_close": Making("monitoring.EmergencyEntry", emergency_close),
    "monitoring:dispensing_add": Making("monitoring.Dispensing", dispensing_add),
    "monitoring:dispensing_correct": Making("monitoring.Dispensing", dispensing_correct),
    "monitoring:home_count_add": Making("monitoring.HomeCount", home_count_add),
    "monitoring:review_add": Making("monitoring.PlanReview", review_add),
    "monitoring:review_correct": Making("monitoring.PlanReview", review_correct),
    "monitoring:note_add": Making("monitoring.PatientNote", note_add),
    "monitoring:note_in_error": Making("monitoring.NoteInError", note_in_error),
    "monitoring:shortfall_explain": Making("monitoring.ShortfallNote", shortfall_explain),
    "monitoring:hold_request_add": Making("monitoring.HoldRequest", hold_request_add),
    "monitoring:hold_answer": Making("monitoring.HoldAnswer", hold_answer),
    "monitoring:entered_in_error": Making("monitoring.EnteredInError", entered_in_error),
    "handouts:handout_print": Making("handouts.PrintedHandout", handout_print),
    "handouts:patient_handout_print": Making("handouts.PrintedHandout", patient_handout_print),
    "handouts:copy_outcome": Making("handouts.CopyOutcome", copy_outcome),
    "handouts:batch_add": Making("handouts.PrintBatch", batch_add),
}
