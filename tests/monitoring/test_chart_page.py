"""The chart as it is sent: in words for those who cannot see it, and as one drawing for page and paper."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

from django.template.loader import render_to_string
from hypothesis import given, settings

from taperplanner.monitoring.chart.facts import ChartFacts, Milestone, MilestoneKind
from taperplanner.monitoring.chart.page import chart_of, svg

from ..world.stories import cross_taper, day, half_a_year, nothing, stories

SVG = "{http://www.w3.org/2000/svg}"


# --- Words ------------------------------------------------------------------------------------


@given(stories())
@settings(max_examples=30, deadline=None)
def test_the_table_has_every_fact_once(story: ChartFacts) -> None:
    values = sum(len(band.points) for band in story.bands)
    doses = sum(len(doses.doses) for doses in story.drugs)
    assert len(chart_of(story).rows) == doses + len(story.milestones) + values


def test_the_table_is_exact_and_in_the_order_of_days() -> None:
    rows = [(row.days, row.what, row.value) for row in chart_of(half_a_year()).rows]
    assert rows[0] == ("Mon, Mar 2, 2026 to Sun, Mar 15, 2026", "Planned: plan 1, version 1", "2 mg a day")
    assert ("Sun, Mar 29, 2026", "Reported as taken", "2.25 mg a day") in rows
    assert ("Tue, Jun 9, 2026", "Emergency", "Seizure; sent to hospital by ambulance") in rows
    assert ("Mon, Mar 2, 2026", "Symptoms, not a validated scale", "4 of 72") in rows
    assert rows[-1] == (
        "Mon, Jul 20, 2026, until it is reviewed",
        "Planned: plan 1, version 3",
        "0.5 mg a day",
    )


def test_the_description_says_what_the_picture_shows() -> None:
    description = chart_of(half_a_year()).description
    for words in (
        "From March 2, 2026 to July 26, 2026.",
        "Planned: 8 runs of days, the first at 2 mg a day, the last at 0.5 mg a day until it is reviewed.",
        "Reported as taken on 98 days: between 0.5 mg and 2.25 mg a day.",
        "On 29 days this is not what was planned.",
        "Emergency on June 9, 2026.",
        "Symptoms, not a validated scale, 0 to 72: noted 5 times, lowest 4, highest 33, last 15 on June 22, 2026.",
        "Today is June 30, 2026.",
    ):
        assert words in description


def test_nothing_recorded_draws_nothing_and_says_so() -> None:
    shown = chart_of(nothing())
    page = render_to_string("monitoring/_chart.html", {"chart": shown})
    assert shown.is_empty
    assert "There is nothing to draw yet" in page
    assert "<svg" not in page


# --- The drawing as it is sent ----------------------------------------------------------------


@given(stories())
@settings(max_examples=30, deadline=None)
def test_the_drawing_holds_whole_numbers_and_one_element_for_each_fact(story: ChartFacts) -> None:
    shown = chart_of(story)
    drawn = ElementTree.fromstring(svg(shown))
    assert drawn.get("viewBox") == shown.wide.view_box
    groups = {group.get("class"): group for group in drawn.iter(f"{SVG}g")}
    assert len(groups["chart-milestones"]) == len(story.milestones)
    for element in drawn.iter():
        for name in ("d", "x", "y", "cx", "cy", "viewBox"):
            assert "." not in element.get(name, ""), element.attrib


def test_the_drawing_is_an_image_with_a_name_and_a_description() -> None:
    shown = chart_of(half_a_year())
    page = render_to_string("monitoring/_chart.html", {"chart": shown})
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids)) == 4
    assert page.count('role="img"') == 2
    for named in re.findall(r'aria-labelledby="([^"]+)"', page):
        assert set(named.split()) <= set(ids)
    assert shown.description in page
    assert page.count("<tr>") == len(shown.rows) + 1


def test_words_a_person_typed_are_never_markup() -> None:
    typed = '<b>"x"</b>'
    drugs = tuple(replace(doses, drug=f"{typed}{doses.drug}") for doses in cross_taper().drugs)
    marks = (Milestone(day(0), MilestoneKind.HOLD, "<script>go()</script>"),)
    story = replace(cross_taper(), drugs=drugs, milestones=marks, left_out=(typed,))
    page = render_to_string("monitoring/_chart.html", {"chart": chart_of(story)})
    assert "<script" not in page
    assert "<b>" not in page
    ElementTree.fromstring(svg(chart_of(story)))


def test_planned_and_reported_are_told_apart_without_colour_or_style_sheet() -> None:
    drawn = ElementTree.fromstring(svg(chart_of(half_a_year())))
    groups = {group.get("class"): group for group in drawn.iter(f"{SVG}g")}
    planned = groups["chart-planned"].find(f"{SVG}path")
    reported = groups["chart-reported"].find(f"{SVG}path")
    assert planned is not None
    assert reported is not None
    assert planned.get("stroke-dasharray") == "none"
    assert reported.get("stroke-dasharray") == "5 3"
    assert groups["chart-planned"].get("stroke-width") != groups["chart-reported"].get("stroke-width")
    assert groups["chart-reported"].find(f"{SVG}circle") is not None
