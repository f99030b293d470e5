"""A signed schedule is revised and held; it is never changed."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from taperplanner.patients.details import MedicationDetails
from taperplanner.patients.medications.actions import edit_medication
from taperplanner.patients.models import Use
from taperplanner.tapers import actions
from taperplanner.tapers.draft.typed import Origin, TypedDraft, TypedStep, from_json, from_post
from taperplanner.tapers.models import Draft, Plan, Version
from taperplanner.tapers.signed.content import verified_content

from ..world.plans import (
    MARCH_20,
    confirmed_draft,
    open_plan,
    sign_plan,
    sign_revision,
    start_revision,
    typed_schedule,
)
from ..world.universe import NOW, PASSWORD, Universe

pytestmark = pytest.mark.usefixtures("now")


def test_a_revision_holds_the_remaining_steps_as_they_were_signed(
    version: Version, universe: Universe
) -> None:
    draft = from_json(start_revision(version, universe.ours).content)
    rows = [(step.days, step.dose, dict(step.quantities), step.carried) for step in draft.steps]
    assert rows == [
        ("", "1.5", {"bedtime-1": "1", "morning-2": "1"}, Origin(1, 2)),
        ("14", "1", {"morning-2": "1", "bedtime-2": "1"}, Origin(1, 3)),
        ("7", "0.75", {"morning-2": "½", "bedtime-2": "1"}, Origin(1, 4)),
        ("7", "0.5", {"morning-2": "½", "bedtime-2": "½"}, Origin(1, 5)),
        ("7", "0.25", {"bedtime-2": "½"}, Origin(1, 6)),
    ]
    assert (draft.first_day, draft.ending, draft.base) == ("03/20/2026", "", 1)


def test_a_hold_and_its_end_are_named_by_what_they_do(
    version: Version, universe: Universe, provider: Client
) -> None:
    plan = version.plan
    answer = provider.post(f"{plan.get_absolute_url()}hold/", follow=True).content.decode()
    assert "Type the day from which the step changes" in answer
    draft = Draft.objects.get(plan=plan)
    held = replace(
        confirmed_draft(from_json(draft.content)), first_day="03/02/2026", explanation="Poor sleep"
    )
    sign_revision(draft, universe.ours, held)
    page = html.unescape(provider.get(plan.get_absolute_url()).content.decode())
    assert "Change or end the hold" in page
    assert "On hold until Wednesday, March 11, 2026: Poor sleep." in page
    assert "Hold: the current step goes on longer." in page


def test_a_carried_step_that_nobody_confirmed_cannot_be_signed(version: Version, universe: Universe) -> None:
    draft = start_revision(version, universe.ours)
    good = confirmed_draft(from_json(draft.content))
    unconfirmed = replace(good, steps=tuple(replace(step, confirmed=False) for step in good.steps))
    with pytest.raises(
        actions.CannotSign, match=r"was carried over from version 1, step 2\. Confirm it"
    ) as refusal:
        sign_revision(draft, universe.ours, unconfirmed)
    assert [problem.step for problem in refusal.value.problems] == [1, 2, 3, 4, 5]


def test_a_step_that_is_typed_anew_needs_no_confirmation(version: Version, universe: Universe) -> None:
    draft = start_revision(version, universe.ours)
    good = confirmed_draft(from_json(draft.content))
    anew = TypedStep("10", "1.25", "", {"bedtime-1": "1", "morning-2": "½"})
    mine = replace(good, steps=(anew, *good.steps[1:]))
    assert sign_revision(draft, universe.ours, mine).number == 2


def test_a_carried_step_is_confirmed_even_when_its_dose_was_retyped(
    version: Version, universe: Universe
) -> None:
    """Its note and its days are still the ones that were carried over."""
    draft = start_revision(version, universe.ours)
    good = confirmed_draft(from_json(draft.content))
    retyped = replace(good.steps[0], confirmed=False, dose="1", quantities={"bedtime-1": "1"})
    with pytest.raises(actions.CannotSign, match="Step 1 was carried over"):
        sign_revision(draft, universe.ours, replace(good, steps=(retyped, *good.steps[1:])))


def test_a_row_that_repeats_a_signed_step_is_confirmed_wherever_it_came_from(
    version: Version, universe: Universe
) -> None:
    draft = start_revision(version, universe.ours)
    good = confirmed_draft(from_json(draft.content))
    pasted = tuple(replace(step, confirmed=False, carried=None) for step in good.steps)
    with pytest.raises(actions.CannotSign, match="Step 1 was carried over"):
        sign_revision(draft, universe.ours, replace(good, steps=pasted))


def test_another_first_day_asks_for_every_confirmation_again() -> None:
    kept = TypedDraft(
        "12/05/2026", "stop", (TypedStep("16", "1", carried=Origin(1, 2), confirmed=True),), base=1
    )
    cells = {"steps-0-days": "16", "steps-0-dose": "1", "steps-0-carried": "2", "steps-0-confirmed": "yes"}
    assert from_post({"first_day": "12/05/2026", **cells}, kept).steps[0].confirmed
    assert not from_post({"first_day": "12/08/2026", **cells}, kept).steps[0].confirmed


def test_a_rise_is_seen_also_where_a_revision_begins_before_the_version_it_revises(
    version: Version, universe: Universe
) -> None:
    higher = TypedStep("7", "3", "", {"morning-1": "1", "bedtime-1": "2"})
    draft = start_revision(version, universe.ours, first_day=date(2026, 4, 20))
    second = replace(confirmed_draft(from_json(draft.content)), steps=(higher,))
    sign_revision(draft, universe.ours, second)
    newest = Version.objects.select_related("plan").get(number=2)
    draft = start_revision(newest, universe.ours, first_day=date(2026, 4, 1))
    third = confirmed_draft(from_json(draft.content))
    third = replace(third, steps=third.steps[-1:])
    with pytest.raises(actions.CannotSign, match="3 mg a day is more than the 1 mg a day"):
        sign_plan(Plan.objects.get(), universe.ours, third, reasons={"none": "x"})


def test_the_paper_keeps_the_plans_drug_whatever_its_record_is_renamed_to(
    version: Version, universe: Universe
) -> None:
    record = version.plan.medication
    edit_medication(
        medication=record,
        details=MedicationDetails(name="lorazepam", use=Use.REGULAR),
        revision=record.revision,
        by=universe.ours.staff,
        at=NOW,
    )
    second = sign_revision(start_revision(version, universe.ours), universe.ours)
    assert second.drug_name == "clonazepam (Klonopin)"


def test_changing_only_the_days_of_a_carried_step_is_not_retyping_it(
    version: Version, universe: Universe
) -> None:
    draft = start_revision(version, universe.ours)
    good = confirmed_draft(from_json(draft.content))
    longer = replace(good.steps[0], confirmed=False, days="21")
    with pytest.raises(actions.CannotSign, match="Step 1 was carried over"):
        sign_revision(draft, universe.ours, replace(good, steps=(longer, *good.steps[1:])))


@pytest.mark.parametrize(
    ("reason", "explanation", "says"),
    [("", "", "Choose why"), ("because", "", "Choose why"), ("other", " ", "Write the other reason")],
)
def test_a_revision_without_a_reason_cannot_be_signed(
    version: Version, universe: Universe, reason: str, explanation: str, says: str
) -> None:
    draft = start_revision(version, universe.ours)
    unreasoned = replace(confirmed_draft(from_json(draft.content)), reason=reason, explanation=explanation)
    with pytest.raises(actions.CannotSign, match=says):
        sign_revision(draft, universe.ours, unreasoned)


def test_the_new_version_replaces_the_old_one_and_says_why(version: Version, universe: Universe) -> None:
    second = sign_revision(start_revision(version, universe.ours), universe.ours)
    content = verified_content(second)
    assert (content.number, content.replaces, content.reason) == (2, 1, "symptoms")
    assert verified_content(Version.objects.select_related("plan").get(pk=version.pk)).number == 1


def test_a_rise_over_what_the_replaced_version_had_is_asked_about(
    version: Version, universe: Universe
) -> None:
    draft = start_revision(version, universe.ours)
    good = confirmed_draft(from_json(draft.content))
    higher = replace(good.steps[0], dose="2", quantities={"morning-1": "1", "bedtime-1": "1"})
    plan = Plan.objects.get(pk=draft.plan_id)
    with pytest.raises(actions.CannotSign, match=r"2 mg a day is more than the 1\.5 mg a day"):
        sign_plan(plan, universe.ours, replace(good, steps=(higher, *good.steps[1:])), reasons={"none": "x"})


def test_days_on_which_neither_version_says_anything_are_asked_about(
    version: Version, universe: Universe
) -> None:
    draft = start_revision(version, universe.ours, first_day=date(2026, 6, 1))
    step = TypedStep("7", "1", "", {"morning-1": "1"})
    late = replace(from_json(draft.content), steps=(step,), ending="stop")
    with pytest.raises(actions.CannotSign, match="nothing is taken between then and the first day"):
        sign_revision(draft, universe.ours, late)


def test_there_is_one_draft_at_a_time(version: Version, universe: Universe) -> None:
    start_revision(version, universe.ours)
    with pytest.raises(actions.CannotDraft, match="open already"):
        start_revision(version, universe.ours)


def test_a_hold_leaves_the_days_of_the_running_step_to_type(version: Version, universe: Universe) -> None:
    draft = actions.start_hold(plan=version.plan, today=MARCH_20, by=universe.ours.provider, at=NOW)
    typed_draft = from_json(draft.content)
    assert [step.days for step in typed_draft.steps] == ["", "14", "7", "7", "7"]
    assert typed_draft.steps[0].dose == "1.5"
    assert (typed_draft.first_day, typed_draft.reason) == ("", "held")


def test_after_a_hold_everything_later_moves_with_it(version: Version, universe: Universe) -> None:
    draft = actions.start_hold(plan=version.plan, today=MARCH_20, by=universe.ours.provider, at=NOW)
    good = confirmed_draft(from_json(draft.content))
    held = replace(good, first_day="03/20/2026", steps=(replace(good.steps[0], days="24"), *good.steps[1:]))
    second = sign_revision(draft, universe.ours, held)
    starts = [dated.first_day for dated in verified_content(second).schedule.dated_steps()]
    assert starts[1] == date(2026, 4, 13)
    assert verified_content(second).schedule.last_day == date(2026, 5, 17)


def test_a_version_whose_steps_are_over_cannot_be_held(version: Version, universe: Universe) -> None:
    with pytest.raises(actions.CannotDraft, match="no step to hold"):
        actions.start_hold(plan=version.plan, today=date(2026, 6, 1), by=universe.ours.provider, at=NOW)


def test_a_revision_from_first_click_to_the_new_version(
    version: Version, universe: Universe, provider: Client
) -> None:
    plan = version.plan
    answer = provider.post(
        f"{plan.get_absolute_url()}revise/", {"first_day": "3/20/2026", "reason": "symptoms"}
    )
    assert answer.headers["Location"] == f"{plan.get_absolute_url()}draft/"
    page = provider.get(f"{plan.get_absolute_url()}draft/").content.decode()
    assert "version 1, step 2, signed for Mon, Mar 16, 2026 to Sun, Mar 29, 2026" in page
    assert len(re.findall(r'name="steps-\d+-confirmed"', page)) == 5
    draft = Draft.objects.get(plan=plan)
    sent = {
        "revision": str(draft.revision),
        "first_day": "03/20/2026",
        "ending": "stop",
        "reason": "symptoms",
    }
    for index, step in enumerate(from_json(draft.content).steps):
        sent |= {
            f"steps-{index}-days": step.days or "10",
            f"steps-{index}-dose": step.dose,
            f"steps-{index}-carried": str(step.carried),
            f"steps-{index}-confirmed": "yes",
            **{f"steps-{index}-{key}": text for key, text in step.quantities.items()},
        }
    answer = provider.post(f"{plan.get_absolute_url()}draft/", sent | {"do": "sign"})
    assert answer.headers["Location"].endswith("/draft/sign/")
    revision = Draft.objects.get(plan=plan).revision
    signature = {"revision": str(revision), "date_of_birth": "3/2/1980", "password": PASSWORD}
    page = provider.post(answer.headers["Location"], signature, follow=True).content.decode()
    assert "Signed as version 2." in page
    assert "In force until version 2 takes over on Friday, March 20, 2026." in page
    assert "step 1 of 6, 2 mg a day" in page, "until then the first version answers for today"


def test_versions_are_compared_on_a_page(version: Version, universe: Universe, provider: Client) -> None:
    sign_revision(start_revision(version, universe.ours), universe.ours)
    page = provider.get(f"{version.plan.get_absolute_url()}compare/?left=1&right=2").content.decode()
    assert "Removed." in page
    assert "Changed: 14 days became 10 days" in page
    assert provider.get(f"{version.plan.get_absolute_url()}compare/?left=1&right=7").status_code == 404


def test_a_replaced_version_says_which_one_replaced_it(
    version: Version, universe: Universe, provider: Client
) -> None:
    sign_revision(start_revision(version, universe.ours), universe.ours)
    page = provider.get(version.get_absolute_url()).content.decode()
    assert "Version 1: In force until version 2 takes over on Friday, March 20, 2026." in page


def test_a_first_draft_is_not_a_revision(universe: Universe) -> None:
    plan = open_plan(universe.ours)
    version = sign_plan(
        plan, universe.ours, replace(typed_schedule(), reason="symptoms", explanation="typed by a bot")
    )
    assert (version.replaces, version.reason, version.explanation) == (None, "", "")
