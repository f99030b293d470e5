"""At the signature: what each other open plan has for today and for the first day is read, or nothing is signed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from taperplanner.days import in_words
from taperplanner.doses import Dose, Quantity
from taperplanner.number_words import in_english
from taperplanner.tapers import actions
from taperplanner.tapers.draft.typed import from_json
from taperplanner.tapers.forms.signature import READ, UNREAD
from taperplanner.tapers.models import Draft, Plan, State, Version
from taperplanner.tapers.other_plans import UNSIGNED
from taperplanner.tapers.schedule.as_needed import AsNeeded
from taperplanner.tapers.schedule.course import Course, Span
from taperplanner.tapers.schedule.reasons import Reason
from taperplanner.tapers.schedule.schedule import Ending, Schedule
from taperplanner.tapers.schedule.steps import Regimen, ScheduleDose, ScheduleStep, TimeOfDay
from taperplanner.tapers.signed.content import verified_course
from taperplanner.tapers.wording.day_sentences import day_sentences
from taperplanner.tapers.wording.today import TAMPERED
from taperplanner.tapers.wording.words import dose_in_words

from ..world.course import words_of
from ..world.plan_pages import plan_url, posted_signature, ticks_of_reading
from ..world.plans import (
    MARCH_20,
    TODAY,
    confirmed_draft,
    save_draft,
    sign_plan,
    sign_revision,
    start_revision,
    tablet,
)
from ..world.tampering import past_the_triggers
from ..world.two_plans import open_bridge, rising
from ..world.universe import NOW, Universe

pytestmark = pytest.mark.usefixtures("now")

TODAY_READ = (
    "Today, Monday, March 2, 2026: 2 mg a day (two milligrams), by step 1 of 6 of version 1."
    " Morning: 1 tablet (one tablet) of clonazePAM 1 mg tablet."
    " Bedtime: 1 tablet (one tablet) of clonazePAM 1 mg tablet."
)
MARCH_30_READ = (
    "On the first day of this schedule, Monday, March 30, 2026: 1 mg a day (one milligram), by step 3 of 6 of version 1."
    " Morning: 1 tablet (one tablet) of clonazePAM 0.5 mg tablet."
    " Bedtime: 1 tablet (one tablet) of clonazePAM 0.5 mg tablet."
)


@pytest.fixture
def bridge(version: Version, universe: Universe) -> Plan:
    """Typed in full, beside the signed taper of clonazepam; it begins on March 30."""
    plan = open_bridge(universe.ours, version.plan.patient)
    save_draft(plan, replace(rising("03/30/2026"), steps=rising().steps[:1]), universe.ours)
    return plan


def sign_page(client: Client, plan: Plan) -> str:
    return words_of(client.get(plan_url(plan, "draft/sign/")))


def test_the_signer_reads_the_other_plans_today_and_its_dose_on_the_first_day(
    provider: Client, bridge: Plan
) -> None:
    page = sign_page(provider, bridge)
    assert "I have read what plan 1, clonazePAM , says, together with the schedule above." in page
    assert TODAY_READ in page
    assert MARCH_30_READ in page


def test_a_schedule_that_begins_today_has_the_other_plan_read_once(
    universe: Universe, provider: Client, bridge: Plan
) -> None:
    save_draft(bridge, rising(), universe.ours)
    page = sign_page(provider, bridge)
    assert TODAY_READ in page
    assert "On the first day of this schedule" not in page


def test_nothing_is_signed_that_was_not_ticked_as_read(provider: Client, bridge: Plan) -> None:
    (tick,) = ticks_of_reading(bridge)
    typed = posted_signature(bridge)
    del typed[tick]
    page = words_of(provider.post(plan_url(bridge, "draft/sign/"), typed))
    assert UNREAD in page
    assert TODAY_READ in page
    assert not bridge.versions.exists()
    provider.post(plan_url(bridge, "draft/sign/"), typed | {tick: "on"})
    assert bridge.versions.exists()


def test_the_action_signs_nothing_unread_either(universe: Universe, bridge: Plan) -> None:
    draft = Draft.objects.get(plan=bridge)
    with pytest.raises(actions.CannotSign) as refused:
        actions.sign_draft(
            draft=draft,
            revision=draft.revision,
            reasons={},
            today=TODAY,
            by=universe.ours.provider,
            at=NOW,
        )
    assert [problem.code for problem in refused.value.problems] == ["other-plan"]


def test_what_was_read_is_kept_with_the_signature(provider: Client, bridge: Plan) -> None:
    provider.post(plan_url(bridge, "draft/sign/"), posted_signature(bridge))
    (kept,) = bridge.versions.get().acknowledgements
    assert (kept["code"], kept["reason"]) == ("other-plan", READ)
    assert kept["said"].startswith(
        "Plan 1, clonazepam. Today, Monday, March 2, 2026: 2 mg a day (two milligrams)"
    )
    assert "Monday, March 30, 2026: 1 mg a day (one milligram)" in kept["said"]


def test_a_tick_is_not_taken_once_the_other_plan_says_something_else(
    universe: Universe, provider: Client, bridge: Plan, version: Version
) -> None:
    """It was revised while the page was open."""
    typed = posted_signature(bridge)
    sign_revision(start_revision(version, universe.ours, TODAY, reason=Reason.SYMPTOMS), universe.ours)
    page = words_of(provider.post(plan_url(bridge, "draft/sign/"), typed))
    assert UNREAD in page
    assert "by step 1 of 6 of version 2" in page
    assert not bridge.versions.exists()


def test_no_tick_is_set_before_somebody_sets_it(provider: Client, bridge: Plan) -> None:
    page = provider.get(plan_url(bridge, "draft/sign/")).content.decode()
    (tick,) = ticks_of_reading(bridge)
    assert f'name="{tick}"' in page
    assert "checked" not in page


def test_the_version_in_force_answers_and_never_the_newest(
    universe: Universe, provider: Client, bridge: Plan, version: Version
) -> None:
    """Version 2 waits for March 20: today is version 1's day, March 30 is version 2's."""
    draft = start_revision(version, universe.ours, MARCH_20, reason=Reason.SYMPTOMS)
    sign_revision(draft, universe.ours, confirmed_draft(from_json(draft.content)))
    page = sign_page(provider, bridge)
    assert TODAY_READ in page
    assert "Monday, March 30, 2026: 1 mg a day (one milligram), by step 2 of 5 of version 2." in page


def test_an_unsigned_plan_says_so_and_is_ticked_too(
    universe: Universe, provider: Client, version: Version, bridge: Plan
) -> None:
    draft = start_revision(version, universe.ours, TODAY, reason=Reason.SYMPTOMS)
    save_draft(version.plan, confirmed_draft(from_json(draft.content)), universe.ours)
    page = sign_page(provider, version.plan)
    assert (
        f"I have read what plan 2, diazepam , says, together with the schedule above. Now: {UNSIGNED}" in page
    )
    assert len(ticks_of_reading(version.plan)) == 1


def test_a_plan_that_was_altered_says_so_and_no_dose(provider: Client, bridge: Plan) -> None:
    past_the_triggers("UPDATE tapers_step SET days = 15 WHERE position = 1")
    page = sign_page(provider, bridge)
    assert f"Now: {TAMPERED}" in page
    assert "two milligrams" not in page


def test_a_plan_alone_asks_for_no_such_tick(
    universe: Universe, provider: Client, bridge: Plan, version: Version
) -> None:
    actions.end_plan(
        plan=version.plan,
        revision=version.plan.revision,
        state=State.WITHDRAWN,
        reason="Never begun",
        by=universe.ours.provider,
        at=NOW,
    )
    assert ticks_of_reading(bridge) == []
    assert "I have read what plan" not in sign_page(provider, bridge)


def test_it_is_no_warning_about_the_draft(provider: Client, bridge: Plan) -> None:
    """Nothing is to be explained, and the draft does not say that something would be."""
    assert "When you sign, you will be asked why this is meant" not in words_of(
        provider.get(plan_url(bridge, "draft/"))
    )
    assert "Say why each of these is meant." not in sign_page(provider, bridge)


def test_the_patients_page_names_each_open_plan_with_its_line_of_today(
    universe: Universe, provider: Client, bridge: Plan
) -> None:
    sign_plan(bridge, universe.ours, rising())
    page = words_of(provider.get(bridge.patient.get_absolute_url()))
    assert "This patient has more than one open plan: read them together." in page
    assert "Today, Monday, March 2, 2026: step 1 of 6, 2 mg a day" in page
    assert "Today, Monday, March 2, 2026: step 1 of 3, 2.5 mg a day" in page


# --- The sentences, over any schedule ---------------------------------------------------------


HALVES = st.integers(0, 5)


@st.composite
def courses(draw: st.DrawFn) -> Course[Version]:
    """One version, with patterns, ending either way."""
    steps = []
    for position in range(1, draw(st.integers(1, 4)) + 1):
        halves = draw(st.lists(HALVES, min_size=1, max_size=7))
        regimens = tuple(
            Regimen(
                Dose(one * 250_000),
                (ScheduleDose(TimeOfDay.BEDTIME, 1, Quantity(one * 500)),) if one else (),
            )
            for one in halves
        )
        steps.append(ScheduleStep(position, draw(st.integers(1, 15)), regimens))
    schedule = Schedule(TODAY, tuple(steps), draw(st.sampled_from(Ending)), {1: tablet(1, "0.5")})
    version = Version(number=1, first_day=TODAY)
    return Course((Span(version, schedule, TODAY, None),))


@given(courses(), st.integers(-5, 80))
def test_the_dose_that_is_read_is_that_of_the_day_in_figures_and_in_words(
    course: Course[Version], offset: int
) -> None:
    day = TODAY + timedelta(days=offset)
    read = day_sentences(course, day, "clonazepam", said=in_words(day))
    dated, taken = course.on(day).dated, course.on(day).taken
    if dated is None or taken is None:
        assert " a day" not in read.text
        assert read.times == ()
        return
    words = dose_in_words(taken.dose)
    if dated.step.is_pattern:
        assert read.text.startswith(f"{taken.dose} ({words}) on this day, day ")
        assert " a day" not in read.text
    else:
        assert read.text.startswith(f"{taken.dose} a day ({words})")
    if not taken.doses:
        assert read.times == ("Nothing is taken on this day.",)
        return
    (time,) = read.times
    whole, half = divmod(taken.doses[0].quantity.thousandths, 1000)
    assert time.startswith("Bedtime: ")
    assert (in_english(whole) in time) == bool(whole)
    assert ("half" in time) == bool(half)


def test_a_dose_as_needed_is_read_beside_the_daily_dose_and_in_no_sum(version: Version) -> None:
    course = verified_course(version.plan)
    assert course is not None
    (span,) = course.spans
    needed = AsNeeded(2, Quantity(500), Dose(250_000), 2, "Panic that does not pass")
    schedule = replace(span.schedule, as_needed=needed)
    read = day_sentences(Course((replace(span, schedule=schedule),)), TODAY, "clonazepam", said="Today")
    assert read.text.startswith("2 mg a day (two milligrams)")
    assert read.times[-1] == (
        "As needed, beside the schedule: ½ tablet (half a tablet) of clonazepam 0.5 mg tablet, 0.25 mg (zero point two"
        " five milligrams) each time. At most 2 times on one day (two times), 0.5 mg (zero point five milligrams) in all."
        " It comes on top of the steps and is no part of their daily doses. From Monday, March 2, 2026 to Sunday, May 3,"
        " 2026. When: Panic that does not pass"
    )


def test_before_and_after_its_steps_a_plan_has_no_dose_for_the_day(version: Version) -> None:
    course = verified_course(version.plan)
    assert course is not None
    before = day_sentences(course, date(2026, 3, 1), "clonazepam", said="Before")
    after = day_sentences(course, date(2026, 6, 1), "clonazepam", said="After")
    assert before.text == "no version of it is in force. The first begins on Monday, March 2, 2026."
    assert after.text == "no clonazepam, by version 1. The last day of its steps was Sunday, May 3, 2026."
