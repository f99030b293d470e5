"""Markup of Typst in any text stands on every paper letter for letter: nothing is run, styled or read."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django import forms
from time_machine import TimeMachineFixture

from taperplanner import typesetting
from taperplanner.accounts import actions as accounts
from taperplanner.accounts.details import ClinicDetails
from taperplanner.accounts.permissions import Role
from taperplanner.doses import parse_dose, parse_quantity
from taperplanner.fields import TextField
from taperplanner.handouts.paper.layouts import Choice, Layout, Size
from taperplanner.handouts.printing.job import Job, PrintJob
from taperplanner.handouts.printing.joint import joint_paper, open_plans_of
from taperplanner.handouts.printing.render import known_by, pdf_of
from taperplanner.patients.actions import add_patient, answer_safety_facts
from taperplanner.patients.choices import Sex
from taperplanner.patients.details import FactAnswer, MedicationDetails, PatientDetails
from taperplanner.patients.medications.actions import add_medication
from taperplanner.patients.models import Answer, Fact, Kind, Patient
from taperplanner.tapers import actions
from taperplanner.tapers.draft.problem import OTHER_PLAN
from taperplanner.tapers.draft.typed import TypedDraft, TypedStep
from taperplanner.tapers.models import Goal, Plan, Version
from taperplanner.tapers.schedule.schedule import Form

from ..test_kept_as_typed import TEXTS
from ..world.needed import NEEDED, REASONS, with_needed
from ..world.plans import sign_plan
from ..world.printing import address_of
from ..world.universe import NOW, House, Universe, confirm
from .markup import MARKUP, Markup, of_paper, tags_in

DRUGS = {"Klonopin": "0.5", "Valium": "5"}
# Whatever else comes onto a paper, these do.
ON_PAPER = {
    "ClinicDetails.name", "ClinicDetails.address", "ClinicDetails.phone", "ClinicDetails.after_hours_phone",
    "PatientDetails.given_name", "PatientDetails.family_name", "PatientDetails.preferred_name", "PatientDetails.mrn",
    "ProductDetails.maker", "TypedStep.note", "TypedNeeded.when", "User.name", "User.credentials",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _monday(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(NOW, tick=True)


@pytest.fixture
def markup() -> Markup:
    return Markup()


@pytest.fixture
def patient(universe: Universe, markup: Markup) -> Patient:
    """Of a clinic, a provider and a patient in whose every text there is markup, with two signed plans."""
    house = universe.ours
    clinic = accounts.edit_clinic(
        clinic=house.clinic,
        details=markup.of(replace(ClinicDetails.of(house.clinic), idle_limit_minutes=15)),
        revision=house.clinic.revision,
        by=house.manager,
        at=NOW,
    )
    provider = accounts.add_user(
        clinic=clinic,
        email="markup@riverside.example",
        name=markup.text("User.name", most=40),
        credentials=markup.text("User.credentials", most=20),
        roles=frozenset({Role.PROVIDER}),
        by=house.manager,
        at=NOW,
    )
    house.clinic, house.provider = clinic, confirm(provider)
    details = PatientDetails(
        mrn="", given_name="", family_name="", date_of_birth=date(1980, 3, 2), sex=Sex.ANOTHER
    )
    patient = add_patient(clinic=clinic, details=markup.of(details), by=provider, at=NOW)
    answers = {fact: FactAnswer(answer=Answer.NO, note=markup.text("FactAnswer.note")) for fact in Fact}
    answer_safety_facts(
        patient=patient, answers=answers, revision=patient.safety_facts_revision, by=provider, at=NOW
    )
    patient.refresh_from_db()
    other = markup.of(MedicationDetails(name="", kind=Kind.SUPPLEMENT))
    add_medication(patient=patient, details=other, by=provider, at=NOW)
    for name, strength in DRUGS.items():
        sign(open_plan(patient, house, markup, name, strength), house, markup, strength)
    return patient


def open_plan(patient: Patient, house: House, markup: Markup, name: str, strength: str) -> Plan:
    details = markup.of(MedicationDetails(name=name, kind=Kind.PRESCRIPTION), but=["name"])
    taken = add_medication(patient=patient, details=details, by=house.provider, at=NOW)
    of_plan = markup.of(actions.PlanDetails(Goal.DISCONTINUE, "", "", ""), but=["started_for"])
    plan = actions.open_plan(patient=patient, medication=taken, details=of_plan, by=house.provider, at=NOW)
    for _ in range(2):  # two that are alike, so that papers name their makers
        product = actions.ProductDetails(Form.TABLET, parse_dose(strength), parse_quantity("½"))
        actions.add_product(plan=plan, details=markup.of(product, but=["ndc"]), by=house.provider, at=NOW)
    return plan


def sign(plan: Plan, house: House, markup: Markup, strength: str) -> Version:
    steps = tuple(
        TypedStep(
            "5", strength, markup.text("TypedStep.note", most=200), {"bedtime-1": "½", "bedtime-2": "½"}
        )
        for _ in range(2)
    )
    draft = TypedDraft("03/02/2026", "stop", steps)
    if strength == "0.5":
        needed = replace(NEEDED, product="1", when=markup.text("TypedNeeded.when"))
        draft = with_needed(draft, needed)
    reasons = {place: markup.text("reason", most=200) for place in (*REASONS, OTHER_PLAN, "far")}
    return sign_plan(plan, house, draft, reasons=reasons)


def papers(patient: Patient) -> Iterator[Job]:
    """Of every layout, the schedule also in large print, then of both plans at once."""
    version = Version.objects.filter(plan__patient=patient).select_related("plan__patient__clinic").first()
    assert version is not None
    for layout in Layout:
        fill = 5 if layout is Layout.PHARMACY else None
        yield PrintJob(version, Choice(layout, fill_days=fill), at=NOW)
    yield PrintJob(version, Choice(size=Size.LARGE), at=NOW)
    for layout in (Layout.SCHEDULE, Layout.CALENDAR, Layout.CHECKLIST):
        joint = joint_paper(open_plans_of(patient), Choice(layout), at=NOW)
        assert joint.job is not None, joint.why_not
        yield joint.job


def test_markup_in_any_text_stands_on_every_paper_as_it_was_typed(patient: Patient, markup: Markup) -> None:
    """All of them in one file, as many are printed for a day."""
    known = known_by("34679DFHJKNPRTV", address_of)
    data = [job.data(known) for job in papers(patient)]
    assert list(of_paper(data, pdf_of, markup.planted)) == []
    assert {markup.fields[tag] for tag in tags_in(data)} >= ON_PAPER


def test_markup_in_any_text_stands_on_what_is_written_about_a_patient(
    universe: Universe, patient: Patient, markup: Markup, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The visit summary, and who looked: by the pages that give them."""
    made: list[tuple[Mapping[str, Any], Callable[[Any], bytes]]] = []
    compiled = typesetting._compile

    def noted(description: str, data: Mapping[str, Any], *how: Any) -> list[bytes]:
        pages = compiled(description, data, *how)
        made.append((data, lambda one: compiled(description, one, *how)[0]))
        return pages

    monkeypatch.setattr(typesetting, "_compile", noted)
    client = universe.client_of(universe.ours.provider)
    plan = patient.plans.order_by("number")[0]
    for address in (
        f"/patients/{patient.pk}/plans/{plan.number}/summary.pdf",
        f"/patients/{patient.pk}/access.pdf",
    ):
        assert client.get(address).status_code == 200, address
    assert [one for data, make in made for one in of_paper(data, make, markup.planted)] == []
    seen = {markup.fields[tag] for data, _ in made for tag in tags_in(data)}
    assert seen >= {"MedicationDetails.name", "PatientDetails.family_name", "User.name"}


@pytest.mark.parametrize(("kind", "name", "field"), TEXTS)
def test_each_text_of_a_form_keeps_markup_as_it_was_typed(
    kind: type[forms.Form], name: str, field: TextField
) -> None:
    """Or refuses it in a sentence, as where a code is asked for."""
    for typed in MARKUP:
        try:
            kept = field.clean(typed)
        except forms.ValidationError:
            continue
        assert kept in {typed, typed.strip()}, (kind, name)


def test_a_description_that_reads_its_texts_as_markup_is_seen(
    markup: Markup, tmp_path: Path, settings: Any
) -> None:
    """The template that nobody may write: each text is evaluated, so that stars are bold and code is run."""
    shutil.copytree(Path(settings.BASE_DIR, "templates/components"), tmp_path / "templates/components")
    head = '#import "/components/paper.typ": data, lettered\n#set document(title: "T")\n#show: lettered\n'
    tmp_path.joinpath("templates/sound.typ").write_text(head + "#for each in data.texts { par(each) }")
    tmp_path.joinpath("templates/fault.typ").write_text(
        head + '#for each in data.texts { par(eval(each, mode: "markup")) }'
    )
    settings.BASE_DIR = tmp_path
    for one in ("*bold*", "_low_", "// gone", '#eval("1+1")', "a \\ b", "~ -- ...", '"quoted"'):
        number = len(markup.planted)
        markup.planted[f"zq{number}z"] = f"{one} zq{number}z"
    data = {"texts": list(markup.planted.values())}
    assert list(of_paper(data, partial(typesetting.pdf, "sound.typ"), markup.planted)) == []
    wrong = list(of_paper(data, partial(typesetting.pdf, "fault.typ"), markup.planted))
    assert len(wrong) == len(markup.planted), wrong
