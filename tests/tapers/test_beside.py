"""What stands beside a schedule, in which order, and how much of it is open."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from taperplanner.guidance.entries import Review
from taperplanner.guidance.library import library
from taperplanner.patients.applies import Applying, Reason
from taperplanner.tapers.beside import Beside, Topic, beside

from ..world.people import answer_all, build_patient, clonazepam_record, medication_record
from ..world.plan_pages import plan_url
from ..world.plans import open_plan, sign_plan
from ..world.universe import Universe

TODAY = date(2026, 3, 2)
WITHDRAWAL = library().topic("withdrawal", beside=True)
DANGEROUS = library().document().dangerous
NOTHING = Applying((), (), needs_review=False)


def arranged(applying: Applying = NOTHING) -> Beside:
    topics = [Topic("withdrawal", "Withdrawal", WITHDRAWAL)]
    return beside(None, applying, topics, [], dangerous=DANGEROUS, today=TODAY, is_folded=False)


def test_what_is_dangerous_comes_first_and_is_open() -> None:
    [part] = arranged().parts
    assert [one.entry.slug for one in part.shown][:2] == ["dangerous-symptoms", "what-brings-it-on"]
    assert all(one.is_open for one in part.shown[:2])
    assert [one.entry for one in part.shown if one.entry.lines and not one.is_open] == []
    assert not all(one.is_open for one in part.shown)


def test_an_entry_that_applies_stands_once_with_everything_that_it_is_shown_for() -> None:
    alcohol = library().entry("withdrawal", "alcohol")
    reasons = (Reason("Alcohol use", "", (alcohol,), ()), Reason("wine", "", (), (alcohol,)))
    made = arranged(Applying(reasons, (), needs_review=False))
    assert [(one.entry, one.because) for one in made.applies] == [(alcohol, ("Alcohol use", "wine"))]
    [part] = made.parts
    assert alcohol not in [one.entry for one in part.shown]
    assert part.above == (alcohol,)
    assert made.total == len(WITHDRAWAL)


def test_the_signs_of_an_emergency_come_before_what_applies_and_stand_there_alone() -> None:
    signs = Topic("emergency", "Signs", library().topic("emergency", beside=True))
    reason = Reason("wine", "", (library().entry("emergency", "call-911"),), ())
    applying = Applying((reason,), (), needs_review=False)
    made = beside(None, applying, (), [], dangerous=(), today=TODAY, is_folded=False, urgent=signs)
    assert made.urgent
    assert [one.entry.slug for one in made.urgent.shown][:2] == ["call-911", "call-988"]
    assert all(one.is_open for one in made.urgent.shown)
    assert made.applies == ()


def test_how_many_texts_await_their_review_is_counted_once_for_all() -> None:
    reviewed = replace(WITHDRAWAL[0], review=Review("A", date(2026, 1, 1), date(2027, 1, 1)))
    overdue = replace(WITHDRAWAL[1], review=Review("A", date(2025, 1, 1), date(2026, 1, 1)))
    topics = [Topic("withdrawal", "Withdrawal", (reviewed, overdue, *WITHDRAWAL[2:]))]
    made = beside(None, NOTHING, topics, [], dangerous=(), today=TODAY, is_folded=False)
    assert (made.awaiting, made.total, made.all_await) == (made.total - 1, len(WITHDRAWAL), False)
    assert arranged().all_await


@pytest.mark.usefixtures("now")
def test_somebody_on_oxycodone_and_wine_has_the_opioid_naloxone_and_alcohol_entries_first(
    universe: Universe, provider: Client
) -> None:
    plan = open_plan(universe.ours)
    for name in ("oxycodone", "wine"):
        medication_record(plan.patient, universe.ours.provider, name=name)
    sign_plan(plan, universe.ours)
    for rest in ("", "versions/1/", "versions/1/handout/", "progress/", "summary/", "compare/"):
        page = provider.get(plan_url(plan, rest), follow=True).content.decode()
        part = page.partition("What applies to this patient</h3>")[2].partition("</section>")[0]
        titles = re.findall(r"<h4>(.*?)</h4>", part)
        assert titles[:3] == ["Opioids", "Naloxone for everyone who takes both", "Alcohol"], rest
        assert part.count('<details class="beside-entry" open>') == len(titles)
        assert "Because of: <bdi>oxyCODONE</bdi>" in part


@pytest.mark.usefixtures("now")
def test_a_patient_of_whom_nothing_is_known_has_the_gaps_there(universe: Universe, provider: Client) -> None:
    page = text(provider, plan_url(open_plan(universe.ours, build_patient(universe.ours)), "draft/"))
    assert "No recorded fact or medication matches a warning in the sources." in page
    assert "Guidance that depends on these is not shown." in page
    assert "Seizure disorder: not asked yet" in page


@pytest.mark.usefixtures("now")
def test_where_somebody_types_or_signs_it_is_folded_and_else_in_view(
    universe: Universe, provider: Client
) -> None:
    plan = open_plan(universe.ours)
    assert '<details class="beside-folded d-print-none" id="guidance">' in text(
        provider, plan_url(plan, "draft/")
    )
    sign_plan(plan, universe.ours)
    assert '<details class="beside-folded d-print-none" id="guidance">' in text(
        provider, plan_url(plan, "revise/")
    )
    for rest in ("", "progress/", "summary/"):
        assert 'class="beside-schedule"' in text(provider, plan_url(plan, rest))


@pytest.mark.usefixtures("now")
def test_it_says_once_that_it_is_reference_and_folds_each_source_to_a_line(
    universe: Universe, provider: Client
) -> None:
    plan = open_plan(universe.ours)
    sign_plan(plan, universe.ours)
    page = text(provider, plan_url(plan))
    assert page.count("Reference, not an order.") == 1
    entries = page.count('<details class="beside-entry"')
    assert entries == page.count("<summary>Source and review</summary>") > 10
    assert page.count("Awaiting clinical review") == entries + 1  # and the band


@pytest.mark.usefixtures("now")
def test_the_plans_page_asks_as_often_for_a_long_list_of_medicines(
    universe: Universe, provider: Client
) -> None:
    counts = []
    for names in (("oxycodone",), ("oxycodone", "wine", "gabapentin", "quetiapine", "zolpidem", "melatonin")):
        patient = build_patient(universe.ours)
        clonazepam_record(patient, universe.ours.provider)
        answer_all(patient, by=universe.ours.provider)
        for name in names:
            medication_record(patient, universe.ours.provider, name=name)
        plan = open_plan(universe.ours, patient)
        sign_plan(plan, universe.ours)
        text(provider, plan_url(plan))
        with CaptureQueriesContext(connection) as queries:
            text(provider, plan_url(plan))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()
