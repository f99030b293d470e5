"""What can be misread is asked about in every text that reaches paper or a signature, and kept only by a tick."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any, Final

import pytest
from django import forms
from django.test import Client
from time_machine import TimeMachineFixture

from taperplanner.fields import LineField, TextField
from taperplanner.forms import PlainForm
from taperplanner.monitoring.models import CheckIn, FollowUp
from taperplanner.tapers.models import Plan
from tests.world.plans import open_plan, save_draft, signed_version, typed_schedule
from tests.world.universe import NOW, Universe

from .house.law import TOP
from .world.patient_pages import details_typed, patient_url, text_of
from .world.plan_pages import plan_url, posted_draft, posted_reason, posted_signature

UNSAFE: Final = ("prn", "PO", ".5 mg", "0,5 mg", "1/2", "10 U", "1.0 mg", "QD")
# The texts that are not asked about: what is typed into them, by form and field.
NOT_ASKED: Final = {
    "CodeForm.code",
    "ClinicForm.name", "ClinicForm.address", "ClinicForm.phone", "ClinicForm.after_hours_phone",
    "WorkForm.license", "WorkForm.license_state", "WorkForm.npi",
    "PersonForm.name", "UserForm.name", "UserForm.credentials",
    "PatientForm.given_name", "PatientForm.family_name", "PatientForm.preferred_name", "PatientForm.mrn",
    "PatientForm.phone", "PatientForm.emergency_contact_name", "PatientForm.emergency_contact_relation",
    "PatientForm.emergency_contact_phone", "PatientForm.pronoun",
    "HelperForm.name", "HelperForm.relation", "HelperForm.phone",
    "ExcipientsForm.text",
    "FilingForm.name", "MedicationForm.name", "MedicationForm.strength", "MedicationForm.form",
    "MedicationForm.directions", "MedicationForm.spelling_reason", "MedicationForm.prescriber",
    "ProtocolForm.title", "ProtocolForm.text", "NewProtocolForm.title", "NewProtocolForm.text",
    "ProductForm.maker", "ProductForm.ndc",
    "ReviseForm.explanation",
    "AddPasskeyForm.name", "RenamePasskeyForm.name", "RecoveryCodeForm.code",
    "MrnPeriodForm.mrn", "RestrictForm.reason", "RestrictForm.seen", "LiftForm.reason", "ReviewForm.note",
    "StayForm.phone",
    "EmergencyForm.reason", "EmergencyForm.asked", "EmergencyForm.sent",
}  # fmt: skip


def kinds_of(base: type[Any]) -> Iterator[type[Any]]:
    for kind in base.__subclasses__():
        yield kind
        yield from kinds_of(kind)


def every_form() -> list[type[forms.Form]]:
    for path in sorted(TOP.glob("taperplanner/**/*.py")):
        name = ".".join(path.relative_to(TOP).with_suffix("").parts)
        if "form" in path.read_text() and "migrations" not in name and not name.endswith("wsgi"):
            import_module(name.removesuffix(".__init__"))
    found = {kind for kind in kinds_of(forms.Form) if kind.__module__.startswith("taperplanner.")}
    return sorted(found, key=lambda kind: (kind.__module__, kind.__name__))


TEXTS: Final = [
    pytest.param(kind, name, field, id=f"{kind.__name__}.{name}")
    for kind in every_form()
    for name, field in kind.base_fields.items()
    if isinstance(field, TextField)
]


def asked_about(field: TextField, unsafe: str, form: type[forms.Form] = PlainForm) -> str:
    """What a form with this one field says to a text with an unsafe spelling."""
    probe = type("Probe", (form,), {"said": field})({"said": f"Take {unsafe} and then"})
    return " ".join(" ".join(errors) for name, errors in probe.errors.items() if name != "said")


@pytest.mark.parametrize(("kind", "name", "field"), TEXTS)
def test_each_text_asks_about_what_can_be_misread_or_says_why_not(
    kind: type[forms.Form], name: str, field: TextField
) -> None:
    assert issubclass(kind, PlainForm), "only a PlainForm asks"
    is_asked = f"{kind.__name__}.{name}" not in NOT_ASKED
    for unsafe in UNSAFE:
        assert bool(asked_about(field, unsafe)) == is_asked, (unsafe, field.not_asked)


def test_no_text_is_named_that_is_there_no_more() -> None:
    assert {param.id for param in TEXTS} >= NOT_ASKED


def test_a_text_that_says_why_not_and_a_form_that_is_none_of_ours_ask_nothing() -> None:
    assert not asked_about(LineField(max_length=60, not_asked="a name"), "QD")
    assert not asked_about(LineField(max_length=60), "QD", forms.Form)
    assert "“QD” can be misread." in asked_about(LineField(max_length=60), "QD")


def tick_in(page: str) -> dict[str, str]:
    names = re.findall(r'type="checkbox" name="(as-typed-[^"]+)"', page)
    return dict.fromkeys(names, "on")


@pytest.fixture(autouse=True)
def _monday(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(NOW, tick=True)


@pytest.fixture
def plan(universe: Universe) -> Plan:
    return open_plan(universe.ours)


@pytest.fixture
def plan_in_force(universe: Universe) -> Plan:
    return signed_version(universe.ours).plan


@pytest.mark.parametrize(
    "name",
    [
        "missed_or_extra",
        "decision_note",
        "alcohol_note",
        "opioids_note",
        "substances_note",
        "new_medicines_note",
    ],
)
def test_a_note_of_a_check_in_is_asked_about_and_kept_by_a_tick(
    universe: Universe, plan_in_force: Plan, name: str
) -> None:
    staff = universe.client_of(universe.ours.staff)
    of = name.removesuffix("_note")
    given = {"contact": "phone", "rows": "3", "happened_on": "03/02/2026", name: "Took .5 prn"}
    given |= {} if of in {name, "decision"} else {of: "yes"}
    page = text_of(staff.post(plan_url(plan_in_force, "check-ins/add/"), given))
    assert "“.5” can be misread. Write “0.5”. “prn” can be misread. Write “as needed”." in page
    assert "Keep “.5” and “prn” as typed" in page
    assert page.index(f'name="{name}"') < page.index('name="as-typed-') < page.index("Save the check-in")
    assert not CheckIn.objects.exists()
    staff.post(plan_url(plan_in_force, "check-ins/add/"), given | tick_in(page))
    assert getattr(CheckIn.objects.get(), name) == "Took .5 prn"


def test_a_tick_belongs_to_the_spellings_that_it_was_given_for(
    universe: Universe, plan_in_force: Plan
) -> None:
    staff = universe.client_of(universe.ours.staff)
    given = {"contact": "phone", "rows": "3", "happened_on": "03/02/2026", "decision_note": "Call prn"}
    tick = tick_in(text_of(staff.post(plan_url(plan_in_force, "check-ins/add/"), given)))
    page = text_of(
        staff.post(plan_url(plan_in_force, "check-ins/add/"), given | tick | {"decision_note": "1.0 mg QD"})
    )
    assert "“QD” can be misread" in page
    assert not CheckIn.objects.exists()


def test_a_text_that_the_record_has_already_is_not_asked_about_again(universe: Universe, plan: Plan) -> None:
    staff, patient = universe.client_of(universe.ours.staff), plan.patient
    address = patient_url("patient_edit", patient)
    page = text_of(staff.post(address, details_typed(patient, home_caregiver="Gives 1.0 g PO")))
    assert "“PO” can be misread" in page
    staff.post(address, details_typed(patient, home_caregiver="Gives 1.0 g PO") | tick_in(page))
    patient.refresh_from_db()
    assert patient.home_caregiver == "Gives 1.0 g PO"
    staff.post(address, details_typed(patient, phone="555-0199"))
    patient.refresh_from_db()
    assert patient.phone == "555-0199"


def test_what_a_follow_up_is_for_is_asked_about(universe: Universe, plan_in_force: Plan) -> None:
    staff = universe.client_of(universe.ours.staff)
    given = {
        "when": "date", "due_on": "03/09/2026", "purpose": "Ask about QD", "assigned_to": str(universe.ours.staff.pk),
    }  # fmt: skip
    assert "“QD” can be misread" in text_of(staff.post(plan_url(plan_in_force, "follow-ups/add/"), given))
    assert not FollowUp.objects.exists()


@pytest.mark.parametrize("name", ["reason", "discussed", "agreed_by"])
def test_a_plans_description_is_asked_about_before_anything_is_signed(
    universe: Universe, plan: Plan, name: str
) -> None:
    provider = universe.client_of(universe.ours.provider)
    given = {"goal": plan.goal, "reason": plan.reason, "revision": str(plan.revision)} | {
        name: "Now 1,0 mg PO"
    }
    page = text_of(provider.post(plan_url(plan, "edit/"), given))
    assert "“PO” can be misread. Write “by mouth”." in page
    provider.post(plan_url(plan, "edit/"), given | tick_in(page))
    plan.refresh_from_db()
    assert getattr(plan, name) == "Now 1,0 mg PO"


def test_a_reason_typed_at_signing_is_asked_about(universe: Universe, plan: Plan) -> None:
    provider: Client = universe.client_of(universe.ours.provider)
    save_draft(plan, typed_schedule(), universe.ours)
    provider.post(plan_url(plan, "draft/"), posted_draft(plan, **{"steps-1-note": "QD"}))
    given = posted_signature(plan, **posted_reason(plan, "misread-2", "She takes .5 prn"))
    page = text_of(provider.post(plan_url(plan, "draft/sign/"), given))
    assert "“.5” can be misread" in page
    assert not plan.versions.exists()
    provider.post(plan_url(plan, "draft/sign/"), given | tick_in(page))
    assert plan.versions.get().acknowledgements[0]["reason"] == "She takes .5 prn"
