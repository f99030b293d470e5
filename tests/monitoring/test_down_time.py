"""What was written on paper while the system was down is typed in once, and marked so for ever."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import TimeMachineFixture

from taperplanner.audit.models import Event
from taperplanner.monitoring.downtime.waiting import waiting_in
from taperplanner.monitoring.models import (
    BlankForm,
    CheckIn,
    Dispensing,
    EnteredLater,
    FormKind,
    FormRun,
    FormSetAside,
    NotEntered,
    RunSetAside,
)
from taperplanner.tapers.models import Plan

from ..handouts.test_batches import plan_of
from ..world.course import words_of
from ..world.downtime import code_of, new_run
from ..world.makings import CHECK_IN, DISPENSED
from ..world.plan_pages import inputs_of, plan_url
from ..world.restricted import restrict
from ..world.universe import NOW, Universe

ONCE = "0123456789abcdef0123456789abcdef"
BACK = NOW + timedelta(days=7)
CODE_ERROR = "No down-time form of this clinic has this code"
LOST = NotEntered.LOST


@pytest.fixture
def run(universe: Universe, plan: Plan) -> FormRun:
    return new_run(universe.ours, [plan])


def check_in_typed(client: Client, plan: Plan, code: str, **changed: str) -> str:
    sent = {**CHECK_IN, "once": ONCE, "form_code": code, "form_time": "2:30 PM", **changed}
    return words_of(client.post(plan_url(plan, "check-ins/add/"), sent, follow=True))


def dispensing_typed(client: Client, plan: Plan, code: str) -> str:
    sent = {**DISPENSED, "once": ONCE, "form_code": code}
    return words_of(client.post(plan_url(plan, "supply/add/"), sent, follow=True))


def mark(code: str, time: str = "") -> str:
    return f"From a down-time form, code {code}{time}, entered March 9, 2026, 11:00 AM by Sam Staff, RN"


def test_a_check_in_typed_in_later_says_so_wherever_it_is_shown(
    plan: Plan, run: FormRun, staff: Client, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to(BACK, tick=False)
    code = code_of(run, FormKind.CHECK_IN, plan)
    said = mark(code, ", time on the form: 2:30 PM")
    assert said in check_in_typed(staff, plan, code)
    check_in = CheckIn.objects.get()
    assert (check_in.happened_on, check_in.recorded_at) == (date(2026, 3, 2), BACK)
    progress = words_of(staff.get(plan_url(plan, "progress/")))
    assert said in progress
    assert "Typed in later from down-time forms: check-in 1." in progress
    assert said in words_of(staff.get(plan_url(plan, "summary/")))
    event = Event.objects.get(action="down_time_form.entered")
    assert (event.patient_id, code in event.subject) == (plan.patient_id, True)


def test_a_correction_keeps_the_mark(
    plan: Plan, run: FormRun, staff: Client, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to(BACK, tick=False)
    code = code_of(run, FormKind.CHECK_IN, plan)
    check_in_typed(staff, plan, code, form_time="")
    sent = {**CHECK_IN, "once": ONCE, "why_corrected": "Misread"}
    page = words_of(staff.post(plan_url(plan, "check-ins/1/correct/"), sent, follow=True))
    assert mark(code) in page
    assert words_of(staff.get(plan_url(plan, "progress/"))).count(mark(code)) == 2


def test_a_dispensing_typed_in_later_says_so_wherever_it_is_shown(
    plan: Plan, run: FormRun, staff: Client, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to(BACK, tick=False)
    code = code_of(run, FormKind.DISPENSING, plan)
    assert mark(code) in dispensing_typed(staff, plan, code)
    assert Dispensing.objects.get().dispensed_on == date(2026, 3, 2)
    assert mark(code) in words_of(staff.get(plan_url(plan, "supply/1/correct/")))


@pytest.mark.parametrize("code", ["33333-33333", "346", "ABCDE-FGHJK", "34679-DFHJK-NPRTV"])
def test_an_unknown_code_is_said_and_loses_nothing_that_was_typed(
    plan: Plan, run: FormRun, staff: Client, code: str
) -> None:
    sent = {**CHECK_IN, "once": ONCE, "form_code": code, "decision_note": "Sleeps badly"}
    page = staff.post(plan_url(plan, "check-ins/add/"), sent)
    assert CODE_ERROR in words_of(page)
    assert "Sleeps badly" in words_of(page)
    assert inputs_of(page.content.decode())["form_code"] == code
    assert not CheckIn.objects.exists()


def test_a_code_is_typed_in_once(plan: Plan, run: FormRun, staff: Client) -> None:
    code = code_of(run, FormKind.CHECK_IN, plan)
    check_in_typed(staff, plan, code)
    again = check_in_typed(staff, plan, code.lower(), once="f" * 32, decision_note="Another")
    assert "This form was typed in already, on March 2, 2026 by Sam Staff, RN." in again
    assert "Another" in again
    assert (CheckIn.objects.count(), EnteredLater.objects.count()) == (1, 1)


def test_the_code_of_another_kind_patient_or_clinic_is_refused(
    universe: Universe, plan: Plan, run: FormRun, staff: Client
) -> None:
    other = plan_of(universe.ours, "Baker")
    theirs = new_run(universe.theirs)
    wrong_kind = check_in_typed(staff, plan, code_of(run, FormKind.DISPENSING, plan))
    wrong_patient = check_in_typed(staff, other, code_of(run, FormKind.CHECK_IN, plan))
    assert "This is the code of a form “Dispensing”." in wrong_kind
    assert "This form was written for another plan or patient." in wrong_patient
    assert CODE_ERROR in check_in_typed(staff, plan, code_of(theirs, FormKind.CHECK_IN))
    assert not CheckIn.objects.exists()


def test_nothing_on_a_form_happened_before_it_was_written(
    universe: Universe, plan: Plan, staff: Client
) -> None:
    later = new_run(universe.ours, [plan], at=NOW + timedelta(days=1))
    code = code_of(later, FormKind.CHECK_IN, plan)
    assert "This form was written on March 3, 2026, and the day typed above is before it." in check_in_typed(
        staff, plan, code
    )


def test_a_spare_form_is_of_whoever_it_is_typed_in_for(plan: Plan, run: FormRun, staff: Client) -> None:
    code = code_of(run, FormKind.CHECK_IN)
    assert "a spare form" in words_of(staff.get("/down-time/", {"code": code}))
    assert code in check_in_typed(staff, plan, code)


def test_a_danger_sign_is_saved_also_where_the_code_is_wrong(plan: Plan, run: FormRun, staff: Client) -> None:
    check_in_typed(staff, plan, "44444-44444", symptom_seizure="3")
    assert plan.patient.emergencies.open().count() == 1


# --- Which forms are missing ------------------------------------------------------------------


def test_without_any_form_the_page_says_who_sets_it_up(staff: Client) -> None:
    assert "No forms were written yet." in words_of(staff.get("/down-time/"))


def test_the_page_of_a_file_lists_what_is_neither_typed_in_nor_set_aside(
    plan: Plan, run: FormRun, staff: Client
) -> None:
    code = code_of(run, FormKind.CHECK_IN, plan)
    check_in_typed(staff, plan, code)
    assert "forms are missing 9 forms: 1 typed in, 8 neither typed in nor set aside." in words_of(
        staff.get("/down-time/")
    )
    page = words_of(staff.get(f"/down-time/{run.number}/"))
    assert code not in page
    assert f"{code_of(run, FormKind.HOLD, plan)} , hold asked for, Ana Rivera , plan 1." in page
    position = waiting_in(run)[0].position
    aside = reverse("monitoring:down_time_form_aside", args=[run.number, position])
    assert "(7)" in words_of(staff.post(aside, {"why": "lost"}, follow=True))
    assert list(FormSetAside.objects.values_list("why", flat=True)) == [LOST]


def test_the_rest_of_a_file_is_set_aside_with_one_button_and_one_that_turns_up_is_typed_in(
    plan: Plan, run: FormRun, staff: Client
) -> None:
    code = code_of(run, FormKind.CHECK_IN, plan)
    url = reverse("monitoring:down_time_run_aside", args=[run.number])
    assert "Every form of this file was typed in or set aside." in words_of(staff.post(url, follow=True))
    assert "Nothing was changed" in words_of(staff.post(url, follow=True))
    assert (RunSetAside.objects.count(), BlankForm.objects.count()) == (1, 0)
    assert code in check_in_typed(staff, plan, code)
    assert EnteredLater.objects.get().form.written_code == code


def test_what_is_missing_stands_first_with_the_days_for_which_nothing_was_typed_in(
    universe: Universe, plan: Plan, staff: Client, time_machine: TimeMachineFixture
) -> None:
    run = new_run(universe.ours, [plan])
    new_run(universe.ours, [plan], at=NOW + timedelta(days=1))
    time_machine.move_to(BACK, tick=False)
    check_in_typed(staff, plan, code_of(run, FormKind.CHECK_IN, plan))
    check_in_typed(staff, plan, code_of(run, FormKind.CHECK_IN), once="f" * 32, happened_on="03/05/2026")
    page = words_of(staff.get("/down-time/"))
    missing = page[page.index("Forms are missing") : page.index("Forms that were written")]
    assert missing.count("Forms written on") == 1
    assert "2 typed in, 7 not ." in missing
    assert "Nothing was typed in for: March 3, 2026, March 4, 2026." in missing
    staff.post(reverse("monitoring:down_time_run_aside", args=[run.number]))
    assert "Forms are missing" not in words_of(staff.get("/down-time/"))


def test_a_night_adds_one_row_however_many_plans_there_are(universe: Universe, plan: Plan) -> None:
    new_run(universe.ours, [plan, plan_of(universe.ours, "Baker")], spare=10)
    assert (FormRun.objects.count(), BlankForm.objects.count()) == (1, 0)


def test_a_form_of_long_ago_is_still_found(
    universe: Universe, plan: Plan, time_machine: TimeMachineFixture
) -> None:
    first = new_run(universe.ours, [plan])
    code = code_of(first, FormKind.CHECK_IN, plan)
    for night in range(1, 91):
        new_run(universe.ours, [plan], at=NOW + timedelta(days=night))
    time_machine.move_to(NOW + timedelta(days=91), tick=False)
    staff = universe.client_of(universe.ours.staff)
    assert f"form {code}: for Ana Rivera, plan 1." in words_of(staff.get("/down-time/", {"code": code}))
    assert code in check_in_typed(staff, plan, code)


def test_a_long_list_has_pages(universe: Universe, plan: Plan, staff: Client) -> None:
    run = new_run(universe.ours, [plan], spare=10)
    url = f"/down-time/{run.number}/"
    assert "Page 1 of 2" in words_of(staff.get(url))
    assert "Page 2 of 2" in words_of(staff.get(url, {"page": "2"}))


def test_forms_of_a_closed_record_are_counted_and_not_named_and_not_set_aside(
    universe: Universe, plan: Plan, run: FormRun, staff: Client
) -> None:
    code = code_of(run, FormKind.CHECK_IN, plan)
    restrict(plan.patient, universe.ours)
    page = words_of(staff.get(f"/down-time/{run.number}/"))
    assert "And 3 of restricted records that are not open to you." in page
    assert "Rivera" not in page
    said = words_of(staff.get("/down-time/", {"code": code}))
    assert "This form is of a restricted record." in said
    assert "Rivera" not in said
    staff.post(reverse("monitoring:down_time_run_aside", args=[run.number]))
    assert [form.plan_id for form in waiting_in(run)] == [plan.pk] * 3
