"""The page of a draft with patterns, without a script; and the signature under it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taperplanner.doses import parse_dose, parse_quantity
from taperplanner.tapers import actions
from taperplanner.tapers.draft.checking import check_draft
from taperplanner.tapers.draft.typed import TypedDraft, TypedStep, from_json
from taperplanner.tapers.models import Draft, Plan, Version
from taperplanner.tapers.schedule.schedule import Schedule
from taperplanner.tapers.signed.content import verified_content

from ..world.plan_pages import inputs_of, plan_url, posted_signature
from ..world.plans import TODAY, save_draft, sign_plan, start_revision
from ..world.typed_patterns import typed_step, typed_steps
from ..world.universe import NOW, Universe

pytestmark = pytest.mark.usefixtures("now")
MONDAY = date(2026, 3, 2)
DRAFT = "draft/"
# An alternate-day end, and then two days of the week less each time.
ALTERNATE = TypedDraft(
    "03/02/2026",
    "stop",
    (
        typed_step(28, [2]),
        typed_step(28, [2, 1]),
        typed_step(28, [1]),
        typed_step(28, [1, 1, 1, 0, 1, 1, 0], by_weekday=True),
        typed_step(28, [1, 0, 1, 0, 1, 0, 0], by_weekday=True),
    ),
)


def posted(plan: Plan, **changed: str) -> dict[str, str]:
    """The stored draft as its page sends it, without its buttons."""
    draft = Draft.objects.get(plan=plan)
    typed = from_json(draft.content)
    cells = {"first_day": typed.first_day, "ending": typed.ending, "revision": str(draft.revision)}
    for index, step in enumerate(typed.steps):
        row = {"days": step.days, "dose": step.dose, "note": step.note, **step.quantities}
        for number, day in enumerate(step.pattern.further, 2):
            row |= {f"day{number}-dose": day.dose}
            row |= {f"day{number}-{key}": text for key, text in day.quantities.items()}
        if step.pattern.further:
            row |= {"pattern": str(step.pattern.length)}
            row |= {"weekdays": "yes"} if step.pattern.by_weekday else {}
        cells |= {f"steps-{index}-{key}": text for key, text in row.items()}
    return cells | changed


def stored(plan: Plan) -> TypedDraft:
    return from_json(Draft.objects.get(plan=plan).content)


def sign(plan: Plan, universe: Universe, typed: TypedDraft) -> Schedule:
    """With each warning answered, and as it is read back."""
    save_draft(plan, typed, universe.ours)
    warnings = check_draft(plan, typed, today=TODAY).warnings
    reasons = {problem.place: "Meant." for problem in warnings}
    version = sign_plan(plan, universe.ours, typed, reasons=reasons)
    return verified_content(Version.objects.select_related("plan").get(pk=version.pk)).schedule


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


EACH = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)


@EACH
@given(steps=st.lists(typed_steps(), min_size=1, max_size=4))
def test_what_is_typed_day_by_day_is_what_is_signed_for_each_day(
    universe: Universe, plan: Plan, steps: list[TypedStep]
) -> None:
    with undone():
        schedule = sign(plan, universe, TypedDraft("03/02/2026", "stop", tuple(steps)))
        day = MONDAY
        for step in steps:
            for after in range(int(step.days)):
                index = day.weekday() if step.pattern.is_by_weekday else after % len(step.each_day)
                typed, dated = step.each_day[index], schedule.on(day)[1]
                assert dated
                signed = dated.on(day)
                assert signed.dose == parse_dose(typed.dose)
                assert {f"{dose.time}-{dose.product}": dose.quantity for dose in signed.doses} == {
                    key: parse_quantity(text) for key, text in typed.quantities.items()
                }
                day += timedelta(days=1)
        assert schedule.day_after == day


@EACH
@given(steps=st.lists(typed_steps(), min_size=1, max_size=4))
def test_every_number_of_a_version_was_typed(universe: Universe, plan: Plan, steps: list[TypedStep]) -> None:
    with undone():
        schedule = sign(plan, universe, TypedDraft("03/02/2026", "stop", tuple(steps)))
        for signed, step in zip(schedule.steps, steps, strict=True):
            assert signed.days == int(step.days)
            assert [regimen.dose for regimen in signed.regimens] == [
                parse_dose(day.dose) for day in step.each_day
            ]
            assert [[dose.quantity for dose in regimen.doses] for regimen in signed.regimens] == [
                [parse_quantity(text) for text in day.quantities.values()] for day in step.each_day
            ]
            assert signed.by_weekday is step.pattern.is_by_weekday
            assert signed.starts_on == 1


def test_a_row_gets_a_pattern_loses_it_and_gets_it_back_without_a_script(
    universe: Universe, provider: Client, plan: Plan
) -> None:
    save_draft(plan, TypedDraft("03/02/2026", "stop", (typed_step(28, [2]),)), universe.ours)
    answer = provider.post(plan_url(plan, DRAFT), posted(plan, do="pattern-2-0"))
    assert answer.headers["Location"].endswith("#steps-0-day2-dose")
    page = provider.get(plan_url(plan, DRAFT)).content.decode()
    found = inputs_of(page)
    assert (found["steps-0-dose"], found["steps-0-day2-dose"], found["steps-0-day2-bedtime-2"]) == (
        "0.5",
        "",
        "",
    )
    assert '<a href="#steps-0-day2-dose">Step 1, day 2 of the pattern: enter the daily dose in mg.' in page
    sent = posted(plan) | {"steps-0-day2-dose": "0.25", "steps-0-day2-bedtime-2": "½"}
    provider.post(plan_url(plan, DRAFT), sent | {"do": "weekdays-0"})
    assert [day.dose for day in stored(plan).steps[0].each_day] == ["0.5", "0.25", "", "", "", "", ""]
    provider.post(plan_url(plan, DRAFT), posted(plan, do="alike-0"))
    page = provider.get(plan_url(plan, DRAFT)).content.decode()
    assert "Put pattern back" in page
    assert inputs_of(page)["steps-0-day2-dose"] == "0.25", "what was typed goes along unseen"
    assert 'type="hidden" name="steps-0-day2-dose"' in page
    provider.post(plan_url(plan, DRAFT), posted(plan, do="repeat-0"))
    assert stored(plan).steps[0].pattern.is_by_weekday
    provider.post(plan_url(plan, DRAFT), posted(plan, do="pattern-2-0"))
    assert [day.dose for day in stored(plan).steps[0].each_day] == ["0.5", "0.25"]


def spans(page: str) -> list[list[str]]:
    """What stands beside each line of the table."""
    lines = re.findall(r'(?s)<td class="live"[^>]*>(.*?)</td>', page)
    return [[html.unescape(span) for span in re.findall("<span[^>]*>(.*?)</span>", line)] for line in lines]


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "while typing"])
def test_beside_each_day_of_a_pattern_stand_its_dates_and_its_own_sum(
    universe: Universe, provider: Client, plan: Plan, headers: dict[str, str]
) -> None:
    save_draft(plan, ALTERNATE, universe.ours)
    wrong = posted(plan) | {"steps-1-day2-bedtime-2": "1"}
    answer = provider.post(plan_url(plan, DRAFT), wrong, headers=headers, follow=True).content.decode()
    beside = spans(answer)
    assert beside[1:3] == [
        [
            "Mon, Mar 30, 2026 to Sun, Apr 26, 2026",
            "this day: Mon, Mar 30, 2026, then every 2 days",
            "adds up to 0.5 mg",
            "down 0.25 mg in 2 days (25 %)",
        ],
        ["this day: Tue, Mar 31, 2026, then every 2 days", "adds up to 0.5 mg: not the typed dose"],
    ]
    assert beside[7][0] == "this day: Thu, May 28, 2026, then every Thursday"
    assert 'id="live-1-day2"' in answer
    assert 'href="#steps-1-day2-dose"' in answer


def test_each_cell_of_a_pattern_says_which_day_it_is(
    universe: Universe, provider: Client, plan: Plan
) -> None:
    save_draft(plan, ALTERNATE, universe.ours)
    page = provider.get(plan_url(plan, DRAFT)).content.decode()
    for label in (
        "Step 1, daily dose in mg",
        "Step 2, day 1 of the pattern, daily dose in mg",
        "Step 2, day 2 of the pattern, bedtime, 0.5 mg",
        "Step 4, Monday, daily dose in mg",
        "Step 4, Sunday, morning, 1 mg",
    ):
        assert f'aria-label="{label}"' in page


def test_who_saves_second_sees_each_day_of_the_others_pattern(
    universe: Universe, provider: Client, plan: Plan
) -> None:
    stale = posted(plan)
    save_draft(plan, ALTERNATE, universe.ours, by=universe.ours.staff)
    page = provider.post(plan_url(plan, DRAFT), stale | {"first_day": "03/09/2026"}).content.decode()
    table = re.findall(r"(?s)<table.*?</table>", page)[1]
    names = re.findall(r'<th scope="row">(.*?)</th>', table)
    assert names[:4] == ["1", "2, day 1 of the pattern", "2, day 2 of the pattern", "3"]
    assert names[4:11] == [
        f"4, {day}" for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    ]
    row = re.findall(r"(?s)<tr>.*?</tr>", table)[3]
    assert [html.unescape(text) for text in re.findall(r"<bdi>(.*?)</bdi>", row)][:2] == ["", "0.25"]


def test_one_reason_answers_the_rises_within_all_patterns_and_they_are_signed_as_typed(
    universe: Universe, provider: Client, plan: Plan
) -> None:
    save_draft(plan, ALTERNATE, universe.ours)
    warnings = check_draft(plan, ALTERNATE, today=TODAY).warnings
    assert [problem.place for problem in warnings] == [
        "pattern-rise-2", "zero-4", "pattern-rise-4", "zero-5", "pattern-rise-5",
    ]  # fmt: skip
    answers = {f"shares-{problem.key}": "on" for problem in warnings}
    answers |= {"shared-reason-pattern-rise": "Alternate days", "shared-reason-zero": "Nights off"}
    answer = provider.post(plan_url(plan, "draft/sign/"), posted_signature(plan, **answers))
    assert answer.status_code == 302
    content = verified_content(Version.objects.select_related("plan").get())
    assert [(said["code"], said["reason"]) for said in content.acknowledgements] == [
        ("pattern-rise", "Alternate days"),
        ("zero", "Nights off"),
        ("pattern-rise", "Alternate days"),
        ("zero", "Nights off"),
        ("pattern-rise", "Alternate days"),
    ]
    assert [len(step.regimens) for step in content.schedule.steps] == [1, 2, 1, 7, 7]


def test_a_carried_pattern_says_with_which_day_it_goes_on_and_can_begin_with_another(
    universe: Universe, provider: Client, plan: Plan
) -> None:
    sign(plan, universe, ALTERNATE)
    version = Version.objects.select_related("plan").get()
    draft = from_json(start_revision(version, universe.ours, first_day=date(2026, 4, 2)).content)
    assert [(day.dose, dict(day.quantities)) for day in draft.steps[0].each_day] == [
        ("0.5", {"bedtime-2": "1"}),
        ("0.25", {"bedtime-2": "½"}),
    ]
    page = provider.get(plan_url(plan, DRAFT)).content.decode()
    assert "goes on with day 2 of the pattern on Thu, Apr 2, 2026" in page
    assert '<option value="">the day as signed</option>' in page
    assert "steps-2-starts_on" not in page, "a weekday is said by the date"
    chosen = replace(draft.steps[0], pattern=replace(draft.steps[0].pattern, starts_on="1"))
    save_draft(plan, replace(draft, steps=(chosen, *draft.steps[1:])), universe.ours)
    page = provider.get(plan_url(plan, DRAFT)).content.decode()
    assert re.search(r'<option value="1"\s+selected>day 1 of the pattern</option>', page)
    assert "goes on with" not in page


def test_a_revision_in_the_middle_of_a_pattern_is_signed_in_its_rhythm(
    universe: Universe, plan: Plan
) -> None:
    first = sign(plan, universe, ALTERNATE)
    version = Version.objects.select_related("plan").get()
    begins = date(2026, 4, 2)
    draft = from_json(start_revision(version, universe.ours, first_day=begins).content)
    left = (replace(draft.steps[0], days="25"), *draft.steps[1:])
    typed = replace(draft, ending="stop", steps=tuple(replace(step, confirmed=True) for step in left))
    row = save_draft(plan, typed, universe.ours)
    reasons = {problem.key: "Meant." for problem in check_draft(plan, typed, today=TODAY).warnings}
    second = actions.sign_draft(
        draft=row, revision=row.revision, reasons=reasons, today=TODAY, by=universe.ours.provider, at=NOW
    )
    signed = verified_content(Version.objects.select_related("plan").get(pk=second.pk)).schedule
    assert signed.steps[0].starts_on == 2
    day = begins
    while day <= first.last_day:
        before, after = first.on(day)[1], signed.on(day)[1]
        assert before
        assert after
        assert before.on(day) == after.on(day)
        day += timedelta(days=1)
