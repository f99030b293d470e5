"""Handouts of many patients in one file: made a few at a time, and nobody is left out unsaid."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection

from taperplanner.audit.models import Event
from taperplanner.handouts.batches import actions, printing
from taperplanner.handouts.batches.actions import CannotStartBatch, start_batch
from taperplanner.handouts.batches.picking import MOST, changing_on
from taperplanner.handouts.models import ItemState, PrintBatch, PrintedHandout
from taperplanner.handouts.paper.layouts import Layout
from taperplanner.handouts.printing.job import PrintJob
from taperplanner.handouts.printing.may_print import TAMPERED
from taperplanner.patients.actions import archive_patient, save_paper_preferences
from taperplanner.tapers.actions import end_plan
from taperplanner.tapers.models import Plan, State

from ..world.course import words_of
from ..world.papers import pages_of
from ..world.people import answer_all, build_patient
from ..world.plans import (
    MARCH_20,
    confirmed_draft,
    from_json,
    open_plan,
    sign_plan,
    sign_revision,
    start_revision,
)
from ..world.printing import print_next
from ..world.tampering import past_the_triggers
from ..world.universe import NOW, House, Universe

ADD = "/handouts/batches/add/"
CHOICE = {"layout": "schedule"}


@pytest.fixture(autouse=True)
def _now() -> object:
    with time_machine.travel(NOW):
        yield


def plan_of(house: House, name: str, *, is_signed: bool = True) -> Plan:
    patient = build_patient(house, family_name=name)
    answer_all(patient, by=house.provider)
    plan = open_plan(house, patient)
    if is_signed:
        sign_plan(plan, house)
    return plan


def batch_of(house: House, *plans: Plan) -> PrintBatch:
    return start_batch(clinic=house.clinic, plans=plans, layout=Layout.SCHEDULE, by=house.staff, at=NOW)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 3, 2), ["step 1 starts"]),
        (date(2026, 3, 3), []),
        (date(2026, 3, 16), ["step 2 starts"]),
        (date(2026, 4, 27), ["step 6 starts"]),
        (date(2026, 5, 4), ["the last step is over"]),
        (date(2026, 5, 5), []),
    ],
)
def test_a_day_finds_the_patients_whose_step_changes(universe: Universe, day: date, why: list[str]) -> None:
    plan_of(universe.ours, "Adams")
    plan_of(universe.ours, "Draft", is_signed=False)
    plan_of(universe.theirs, "Stranger")
    assert [pick.why for pick in changing_on(universe.ours.staff, day)] == why


def test_a_day_goes_by_the_version_that_answers_for_it(universe: Universe) -> None:
    plan = plan_of(universe.ours, "Adams")
    version = plan.versions.get()
    version.plan = plan
    sign_plan(plan, universe.ours, confirmed_draft(from_json(start_revision(version, universe.ours).content)))
    assert [pick.why for pick in changing_on(universe.ours.staff, MARCH_20)] == ["step 1 starts"]
    assert changing_on(universe.ours.staff, date(2026, 3, 16))[0].why == "step 2 starts"


def test_staff_print_for_all_whose_step_changes_on_a_day(universe: Universe) -> None:
    for name in ("Baker", "Adams"):
        plan_of(universe.ours, name)
    client = universe.client_of(universe.ours.staff)
    page = client.get(ADD, {"day": "3/16/2026"}).content.decode()
    picks = re.findall(r'name="plan"\s+value="([^"]+)"', page)
    batch = client.post(ADD, {**CHOICE, "plan": picks})["Location"]
    assert client.post(f"{batch}next/", headers={"HX-Request": "true"}).status_code == 200
    pages = pages_of(client.get(f"{batch}handouts.pdf").content)
    assert "Test Adams" in pages[0]
    assert "Test Baker" in pages[-1]
    numbers = [match.groups() for page in pages if (match := re.search(r"Page (\d) of (\d)", page))]
    assert numbers == [("1", "2"), ("2", "2")] * 2
    for copy in PrintedHandout.objects.all():
        assert any(copy.written_code in page for page in pages)


def test_each_paper_of_a_batch_is_as_its_own_patient_reads(universe: Universe) -> None:
    adams, baker, clark = (plan_of(universe.ours, name) for name in ("Adams", "Baker", "Clark"))
    for plan, language, size in ((adams, "es", "large"), (baker, "en", "regular")):
        save_paper_preferences(
            patient=plan.patient, language=language, letter_size=size, by=universe.ours.staff, at=NOW
        )
    print_next(batch=batch_of(universe.ours, adams, baker, clark), by=universe.ours.staff, at=NOW)
    printed = PrintedHandout.objects.in_bulk(field_name="code").values()
    assert {(copy.version.plan_id, copy.language, copy.size) for copy in printed} == {
        (adams.pk, "es", "large"),
        (baker.pk, "en", "regular"),
        (clark.pk, "en", "regular"),  # not asked
    }


def test_each_patient_of_a_batch_leaves_an_event(universe: Universe) -> None:
    plans = [plan_of(universe.ours, name) for name in ("Adams", "Baker")]
    print_next(batch=batch_of(universe.ours, *plans), by=universe.ours.staff, at=NOW)
    events = Event.objects.filter(action="handout.printed")
    assert {event.patient_id for event in events} == {plan.patient_id for plan in plans}


def test_who_cannot_be_printed_is_named_with_the_reason_and_the_others_are_printed(
    universe: Universe,
) -> None:
    good, unsigned = plan_of(universe.ours, "Adams"), plan_of(universe.ours, "Baker", is_signed=False)
    unprintable = plan_of(universe.ours, "Clark")
    patient = unprintable.patient
    type(patient).objects.filter(pk=patient.pk).update(preferred_name="ཀ")
    batch = batch_of(universe.ours, good, unsigned, unprintable)
    client = universe.client_of(universe.ours.staff)
    page = client.post(f"{batch.get_absolute_url()}next/", follow=True).content.decode()
    assert "3 of 3 done, 1 printed." in page
    assert "No version of this plan is signed yet." in page
    assert "U+0F40" in page
    assert Event.objects.filter(action="handout.refused").count() == 2


def test_a_batch_is_made_a_few_at_a_time(universe: Universe) -> None:
    batch = batch_of(universe.ours, *(plan_of(universe.ours, f"Adams {number}") for number in range(7)))
    assert [len(print_next(batch=batch, by=universe.ours.staff, at=NOW)) for _ in range(3)] == [5, 2, 0]
    assert batch.items.in_state(ItemState.PRINTED).count() == 7


def test_a_batch_is_bounded_and_never_empty(universe: Universe) -> None:
    plan = plan_of(universe.ours, "Adams")
    with pytest.raises(CannotStartBatch, match=f"Choose {MOST} patients at most"):
        batch_of(universe.ours, *[plan] * (MOST + 1))
    with pytest.raises(CannotStartBatch, match="Choose one patient or more"):
        batch_of(universe.ours)


def test_plans_picked_elsewhere_come_to_the_choice_and_a_strangers_plan_is_not_there(
    universe: Universe,
) -> None:
    ours, theirs = plan_of(universe.ours, "Adams"), plan_of(universe.theirs, "Stranger")
    sent = {"plan": [str(ours.pk), str(theirs.pk), "not an id"]}
    page = universe.client_of(universe.ours.staff).post(ADD, sent).content.decode()
    assert "Test Adams" in page
    assert "Stranger" not in page
    assert not PrintBatch.objects.exists()


def test_a_batch_of_another_clinic_is_not_there(universe: Universe) -> None:
    batch = batch_of(universe.ours, plan_of(universe.ours, "Adams"))
    client = universe.client_of(universe.theirs.staff)
    assert client.get(batch.get_absolute_url()).status_code == 404
    assert client.post(f"{batch.get_absolute_url()}next/").status_code == 404
    assert client.get(f"{batch.get_absolute_url()}handouts.pdf").status_code == 404


def test_an_error_with_one_patient_stops_nobody_elses_paper(
    universe: Universe, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans = [plan_of(universe.ours, name) for name in ("Adams", "Baker", "Clark")]
    honest = actions.print_handout

    def fails_for_baker(*, job: PrintJob, **given: Any) -> PrintedHandout:
        copy = honest(job=job, **given)
        if job.version.plan_id == plans[1].pk:
            raise KeyError("an error of ours")
        return copy

    monkeypatch.setattr(actions, "print_handout", fails_for_baker)
    batch = batch_of(universe.ours, *plans)
    print_next(batch=batch, by=universe.ours.staff, at=NOW)
    assert [item.state for item in batch.items.in_order()] == ["printed", "refused", "printed"]
    assert batch.items.in_order()[1].refusal == printing.FAILED
    assert PrintedHandout.objects.count() == 2


@pytest.mark.parametrize(
    ("for_day", "printed"),
    [(None, None), (date(2026, 3, 19), 1), (date(2026, 3, 20), 2), (date(2026, 1, 1), 1)],
    ids=["no day", "before", "on the first day", "in the past"],
)
def test_a_batch_prints_the_version_in_force_on_its_day(
    universe: Universe, for_day: date | None, printed: int | None
) -> None:
    """Without a day nobody has said which of the two is wanted, so neither is printed for the other."""
    plan = plan_of(universe.ours, "Adams")
    sign_revision(start_revision(plan.versions.get(), universe.ours), universe.ours)
    batch = start_batch(
        clinic=universe.ours.clinic,
        plans=[plan],
        layout=Layout.SCHEDULE,
        for_day=for_day,
        by=universe.ours.staff,
        at=NOW,
    )
    (item,) = print_next(batch=batch, by=universe.ours.staff, at=NOW)
    assert (item.copy.version.number if item.copy else None) == printed
    assert bool(item.refusal) is (printed is None)
    if printed is None:
        assert "Version 2 takes over on Friday, March 20, 2026." in item.refusal


def test_a_plan_that_ended_meanwhile_is_refused(universe: Universe) -> None:
    plan = plan_of(universe.ours, "Adams")
    batch = batch_of(universe.ours, plan)
    provider = universe.ours.provider
    end_plan(plan=plan, revision=plan.revision, state=State.COMPLETED, reason="Done", by=provider, at=NOW)
    print_next(batch=batch, by=universe.ours.staff, at=NOW)
    assert batch.items.get().refusal == printing.ENDED


def test_the_file_leaves_out_who_may_not_be_printed_any_more_and_says_who(universe: Universe) -> None:
    plans = [plan_of(universe.ours, name) for name in ("Adams", "Baker")]
    batch = batch_of(universe.ours, *plans)
    print_next(batch=batch, by=universe.ours.staff, at=NOW)
    client, patient = universe.client_of(universe.ours.staff), plans[0].patient
    provider = universe.ours.provider
    archive_patient(patient=patient, reason="Moved", revision=patient.revision, by=provider, at=NOW)
    text = " ".join(pages_of(client.get(f"{batch.get_absolute_url()}handouts.pdf").content))
    assert "Test Baker" in text
    assert "Test Adams" not in text
    page = client.get(batch.get_absolute_url()).content.decode()
    assert "Open the PDF of 1 handout<" in page
    assert page.count("Left out of the file now: The patient&#x27;s record is archived.") == 1
    universe.ours.clinic.phone = ""
    universe.ours.clinic.save(update_fields=["phone"])
    assert client.get(f"{batch.get_absolute_url()}handouts.pdf").status_code == 302


def test_a_copy_whose_version_was_tampered_with_is_held_back_and_the_others_are_printed(
    universe: Universe,
) -> None:
    house = universe.ours
    adams, baker = plan_of(house, "Adams"), plan_of(house, "Baker")
    batch = batch_of(house, adams, baker)
    print_next(batch=batch, by=house.staff, at=NOW)
    past_the_triggers(f"UPDATE tapers_version SET drug_name = 'oxycodone' WHERE id = '{_sql_key(adams)}'")
    client = universe.client_of(house.staff)
    page = words_of(client.get(f"/handouts/batches/{batch.pk}/"))
    assert TAMPERED in page
    text = " ".join(pages_of(client.get(f"/handouts/batches/{batch.pk}/handouts.pdf").content))
    assert "Baker" in text
    assert "Adams" not in text


def _sql_key(plan: Plan) -> str:
    """As the database writes it: SQLite without the hyphens."""
    key = plan.versions.get().pk
    return str(key) if connection.vendor == "postgresql" else key.hex
