"""The picture of a patient with two open plans: both are drawn, each drug on a scale of its own."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest
from django.test import Client
from hypothesis import assume, given, settings
from pypdf import PdfReader

from taperplanner.doses import Dose
from taperplanner.monitoring.chart.drawing import NARROW, WIDE, Paper, draw
from taperplanner.monitoring.chart.facts import ChartFacts, DrugDoses, Planned, Reported
from taperplanner.monitoring.chart.from_rows import chart_facts
from taperplanner.monitoring.chart.page import chart_of, svg
from taperplanner.monitoring.chart.words import APART, LEFT_OUT
from taperplanner.monitoring.check_ins.taken import TakenRun
from taperplanner.tapers.actions import end_plan
from taperplanner.tapers.models import Plan, State, Version

from ..world.course import check_in, words_of
from ..world.drawings import runs
from ..world.plan_pages import plan_url
from ..world.plans import TODAY, sign_plan
from ..world.stories import cross_taper, day, dose, stories
from ..world.tampering import past_the_triggers
from ..world.two_plans import open_bridge, rising
from ..world.universe import NOW, Universe

SVG = "{http://www.w3.org/2000/svg}"
TITLE = (
    "Planned and reported daily dose of clonazepam and of diazepam, day by day, each on a scale of its own"
)


@pytest.fixture
def bridge(version: Version, universe: Universe) -> Plan:
    """Signed, beside the signed taper of clonazepam."""
    plan = open_bridge(universe.ours, version.plan.patient)
    return sign_plan(plan, universe.ours, rising()).plan


# --- Drawn apart ------------------------------------------------------------------------------


@pytest.mark.parametrize("paper", [WIDE, NARROW])
def test_each_drug_has_its_name_and_an_axis_of_its_own(paper: Paper) -> None:
    one, other = draw(cross_taper(), paper).panels
    assert [label.text for label in (*one.title, *other.title)] == [
        "clonazepam, mg a day",
        "diazepam, mg a day",
    ]
    assert [tick.label.text for tick in one.dose_ticks] == ["0 mg", "1 mg", "1.5 mg", "2 mg"]
    assert [tick.label.text for tick in other.dose_ticks] == ["0 mg", "5 mg", "10 mg"]
    assert one.bottom < other.top


@given(stories())
@settings(max_examples=30, deadline=None)
def test_no_dose_of_one_drug_moves_a_line_of_another(story: ChartFacts) -> None:
    """With a hundredfold dose of every other drug, the lines of the first are as high as they were."""
    first, *others = story.drugs
    assume(first.doses)
    more = [
        replace(one, planned=tuple(replace(run, dose=Dose(run.dose.nanograms * 100)) for run in one.planned))
        for one in others
    ]
    assert heights(replace(story, drugs=(first, *more))) == heights(story)


def heights(story: ChartFacts) -> list[int]:
    """Of the first drug, from the top of its panel."""
    panel = draw(story, WIDE).panels[0]
    return [run.y - panel.top for run in runs(panel)]


def test_the_days_of_the_panels_stand_below_each_other() -> None:
    one, other = draw(cross_taper(), WIDE).panels
    down = {run.x0 for plan in one.planned for line in plan.lines for run in line.runs}
    up = {run.x0 for plan in other.planned for line in plan.lines for run in line.runs}
    drawing = draw(cross_taper(), WIDE)
    assert min(down) == drawing.left
    assert min(up) == drawing.left + 7 * (drawing.right - drawing.left) // 42


def test_plans_are_told_apart_without_colour() -> None:
    """By the dashes of their lines, by their names at the ends, and by the legend."""
    again = Planned(day(50), day(60), dose("1"), 3, 1)
    down, up = cross_taper().drugs
    drawing = draw(replace(cross_taper(), drugs=(replace(down, planned=(*down.planned, again)), up)), WIDE)
    planned = [plan for panel in drawing.panels for plan in panel.planned]
    assert len({plan.dashes for plan in planned}) == 3
    assert [plan.name.text for plan in planned if plan.name] == ["Plan 1", "Plan 3", "Plan 2"]
    legend = {mark.text: mark.dashes for mark in drawing.legend if mark.kind == "planned"}
    assert legend == {
        "Planned: plan 1, clonazepam": planned[0].dashes,
        "Planned: plan 2, diazepam": planned[2].dashes,
        "Planned: plan 3, clonazepam": planned[1].dashes,
    }


def test_one_plan_alone_is_drawn_as_ever() -> None:
    alone = replace(cross_taper(), drugs=cross_taper().drugs[:1])
    drawing = draw(alone, WIDE)
    (panel,) = drawing.panels
    assert (panel.title, panel.planned[0].name, panel.planned[0].dashes) == ((), None, "none")
    assert [mark.text for mark in drawing.legend] == ["Planned", "Reported as taken"]
    assert chart_of(alone).cautions == ()


def test_the_drawing_as_it_is_sent_has_both() -> None:
    drawn = ElementTree.fromstring(svg(chart_of(cross_taper())))
    groups = [group for group in drawn.iter(f"{SVG}g") if group.get("class") == "chart-planned"]
    dashes = [path.get("stroke-dasharray") for group in groups for path in group if path.get("class") is None]
    assert dashes == ["none", "16 5"]
    texts = [text.text for text in drawn.iter(f"{SVG}text")]
    for said in ("Plan 1", "Plan 2", "clonazepam, mg a day", "diazepam, mg a day"):
        assert texts.count(said) == 1


# --- In words ---------------------------------------------------------------------------------


def test_the_words_and_the_table_say_each_plan_and_drug() -> None:
    shown = chart_of(cross_taper())
    assert shown.title == TITLE
    for says in (
        "Planned of clonazepam by plan 1: 3 runs of days, the first at 2 mg a day, the last at 1 mg a day.",
        "Planned of diazepam by plan 2: 2 runs of days, the first at 5 mg a day, the last at 10 mg a day until it is reviewed.",
        "No dose of diazepam has been reported as taken.",
        APART,
    ):
        assert says in shown.description, says
    whats = [(row.what, row.value) for row in shown.rows]
    assert ("Planned of clonazepam: plan 1, version 1", "1.5 mg a day") in whats
    assert ("Planned of diazepam: plan 2, version 1", "10 mg a day") in whats


def test_a_report_is_held_against_the_plan_of_its_own_drug() -> None:
    """5 mg of clonazepam is not what was planned because 5 mg of diazepam is."""
    down, up = cross_taper().drugs
    reported = (Reported(day(7), day(7), dose("5")),)
    story = replace(cross_taper(), drugs=(replace(down, reported=reported), up))
    assert (
        "Reported as taken of clonazepam on 1 day: 5 mg a day. On 1 day this is not what was planned."
        in chart_of(story).description
    )


def test_a_drug_of_which_nothing_is_planned_is_said() -> None:
    down, _ = cross_taper().drugs
    story = replace(cross_taper(), drugs=(down, DrugDoses("diazepam", (), ())))
    assert "Nothing of diazepam is planned on any day." in chart_of(story).description
    assert len(draw(story, WIDE).panels) == 1


# --- From what is stored ----------------------------------------------------------------------


def test_both_stand_on_the_patients_page_on_each_plans_progress_and_on_each_summary(
    version: Version, bridge: Plan, staff: Client
) -> None:
    pages = [bridge.patient.get_absolute_url()]
    pages += [plan_url(plan, rest) for plan in (version.plan, bridge) for rest in ("progress/", "summary/")]
    for page in pages:
        words = words_of(staff.get(page))
        assert TITLE in words, page
        assert APART in words, page
        assert "Planned of diazepam: plan 2, version 1" in words, page
        assert "Planned of clonazepam: plan 1, version 1" in words, page


def test_both_stand_on_the_summary_on_paper(bridge: Plan, staff: Client) -> None:
    pdf = PdfReader(io.BytesIO(staff.get(plan_url(bridge, "summary.pdf")).content))
    said = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert TITLE in said
    assert APART in said
    assert "diazepam, mg a day" in said


def test_what_is_reported_of_one_plan_is_drawn_with_its_drug(
    universe: Universe, version: Version, bridge: Plan
) -> None:
    """On one day both: neither replaces the other."""
    for plan, amount in ((version.plan, 1_500_000), (bridge, 5_000_000)):
        check_in(plan, universe.ours, taken=(TakenRun(date(2026, 3, 1), date(2026, 3, 1), Dose(amount)),))
    facts = chart_facts(universe.ours.clinic, [version.plan, bridge], today=TODAY)
    assert [(doses.drug, [run.dose for run in doses.reported]) for doses in facts.drugs] == [
        ("clonazepam", [Dose(1_500_000)]),
        ("diazepam", [Dose(5_000_000)]),
    ]


def test_two_contacts_of_one_day_say_of_which_plan_they_are(
    universe: Universe, version: Version, bridge: Plan
) -> None:
    for plan in (version.plan, bridge):
        check_in(plan, universe.ours, ratings={"anxiety": 1})
    (band,) = chart_facts(universe.ours.clinic, [version.plan, bridge], today=TODAY).bands
    assert sorted(point.note for point in band.points) == ["check-in 1 of plan 1", "check-in 1 of plan 2"]


def test_a_plan_that_was_altered_is_left_out_by_name_and_the_other_is_drawn(
    universe: Universe, version: Version, bridge: Plan, staff: Client
) -> None:
    past_the_triggers(f"UPDATE tapers_version SET ending = 'stop' WHERE plan_id = '{bridge.pk.hex}'")
    page = staff.get(plan_url(version.plan, "progress/"))
    assert page.status_code == 200
    words = words_of(page)
    assert f"Plan 2, diazepam: {LEFT_OUT}" in words
    assert "Planned: plan 1, version 1" in words
    assert "7.5 mg" not in words
    assert staff.get(plan_url(bridge, "progress/")).status_code == 500


def test_a_plan_that_ended_is_not_in_the_picture_of_another(
    universe: Universe, version: Version, bridge: Plan, staff: Client
) -> None:
    end_plan(
        plan=bridge,
        revision=bridge.revision,
        state=State.COMPLETED,
        reason="Bridged",
        stopped_on=TODAY,
        by=universe.ours.provider,
        at=NOW,
    )
    assert (
        "diazepam" not in words_of(staff.get(plan_url(version.plan, "progress/"))).partition("Follow-ups")[0]
    )
