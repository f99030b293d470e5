"""One handout of all open plans: what it is out of date by, and who is told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from taperplanner.handouts.copies.actions import record_outcome
from taperplanner.handouts.copies.validity import Kind
from taperplanner.handouts.models import FurtherVersion, Outcome, PrintedHandout
from taperplanner.patients.actions import archive_patient
from taperplanner.patients.models import Patient

from ..world.course import words_of
from ..world.joint import CHOICE, MARCH_9, MARCH_20, TODAY, World, key_of, said
from ..world.joint_papers import (
    SCHEDULE,
    diazepam_schedule,
    print_joint,
    two_versions,
)
from ..world.plans import sign_plan
from ..world.printing import print_handout as print_one
from ..world.tampering import past_the_triggers
from ..world.universe import NOW, Universe


@pytest.fixture(name="world")
def _world(universe: Universe) -> object:
    with time_machine.travel(NOW):
        yield World(universe, *two_versions(universe.ours))


# --- What makes it out of date ----------------------------------------------------------------


@pytest.mark.parametrize("which", ["clonazepam", "diazepam"])
def test_a_newer_version_of_either_plan_makes_it_out_of_date(world: World, which: str) -> None:
    copy = world.printed()
    assert world.kind(copy) is Kind.CURRENT
    assert not world.is_called_back(copy)
    world.revised(getattr(world, which))
    assert world.kind(copy) is Kind.UNTIL
    assert "This paper will be replaced on Friday, March 20, 2026" in said(copy)
    assert world.kind(copy, MARCH_20) is Kind.REPLACED
    assert "Do not stop any of your medicines suddenly." in said(copy, MARCH_20)
    assert world.is_called_back(copy)


@pytest.mark.parametrize("which", ["clonazepam", "diazepam"])
def test_the_end_of_either_plan_makes_it_out_of_date(world: World, which: str) -> None:
    copy = world.printed()
    world.end(getattr(world, which))
    assert world.kind(copy) is Kind.ENDED
    assert "A plan on this paper has ended Do not follow this paper." in said(copy)
    assert world.is_called_back(copy)


@pytest.mark.parametrize("which", ["clonazepam", "diazepam"])
def test_either_version_that_is_not_as_signed_makes_it_doubtful(world: World, which: str) -> None:
    copy = world.printed()
    past_the_triggers(
        f"UPDATE tapers_step SET days = 15 WHERE version_id = '{key_of(getattr(world, which))}'"
    )
    assert world.kind(copy) is Kind.DOUBTFUL


def test_an_archived_record_makes_it_doubtful(world: World) -> None:
    copy = world.printed()
    patient = Patient.objects.get(pk=world.patient.pk)
    archive_patient(
        patient=patient, revision=patient.revision, reason="Moved", by=world.universe.ours.provider, at=NOW
    )
    assert world.kind(copy) is Kind.DOUBTFUL


def test_a_further_plan_that_is_signed_makes_it_incomplete_and_it_is_swapped(world: World) -> None:
    """What it says still holds; but a paper of all plans that leaves one out is half a paper."""
    copy, single = (
        world.printed(),
        print_one(version=world.clonazepam, choice=SCHEDULE, by=world.universe.ours.staff, at=NOW),
    )
    third = world.third_plan()
    assert world.kind(copy) is Kind.CURRENT
    sign_plan(third, world.universe.ours, diazepam_schedule("03/02/2026"))
    assert world.kind(copy) is Kind.INCOMPLETE
    assert said(copy) == (
        "This paper does not name every medicine of your plans any more Follow it for what it names. Ask the clinic for"
        " the new paper now."
    )
    assert world.is_called_back(copy)
    page = words_of(world.staff.get(world.diazepam.plan.get_absolute_url()))
    assert "Does not list every medicine any more: there is another signed plan." in page
    # A paper of one plan says that it is of one.
    assert world.kind(single) is Kind.CURRENT
    assert not world.is_called_back(single)


def test_the_worst_of_its_versions_answers(world: World) -> None:
    copy = world.printed()
    world.revised(world.diazepam)
    world.end(world.clonazepam)
    assert world.kind(copy) is Kind.ENDED


def test_a_plan_that_only_begins_later_does_not_keep_the_others_waiting(world: World) -> None:
    copy = world.printed()
    for day in (TODAY, MARCH_9 - timedelta(days=1), MARCH_9, date(2026, 7, 1)):
        assert world.kind(copy, day) is Kind.CURRENT


def test_while_a_version_waits_staff_say_from_which_day_the_paper_is_to_hold(world: World) -> None:
    newer = world.revised(world.clonazepam)
    page = world.staff.get(f"{world.address}print/", CHOICE)
    assert "A newer version waits for its day." in words_of(page)
    assert world.staff.post(f"{world.address}print/", CHOICE).status_code == 200
    assert not PrintedHandout.objects.exists()
    assert _print_for(world, "2026-03-21").status_code == 200, "no version begins on that day"
    assert _print_for(world, MARCH_20.isoformat()).status_code == 302
    copy = world.fresh(PrintedHandout.objects.get())
    assert [version.pk for version in copy.versions] == [newer.pk, world.diazepam.pk]
    assert world.kind(copy) is Kind.NOT_YET
    assert "This paper starts on Friday, March 20, 2026" in said(copy)
    assert world.kind(copy, MARCH_20) is Kind.CURRENT


def test_a_paper_of_today_says_until_when_it_holds(world: World) -> None:
    world.revised(world.clonazepam)
    assert _print_for(world, TODAY.isoformat()).status_code == 302
    copy = world.fresh(PrintedHandout.objects.get())
    assert copy.version.pk == world.clonazepam.pk
    assert world.kind(copy) is Kind.UNTIL


# --- What the plans and the worklist say ------------------------------------------------------


def test_the_page_of_each_plan_lists_it_and_takes_its_outcome(world: World) -> None:
    copy = world.printed()
    world.revised(world.diazepam)
    for version in (world.clonazepam, world.diazepam):
        page = world.staff.get(version.plan.get_absolute_url())
        assert "Plan 1, version 1, and plan 2, version 1, copy 1" in words_of(page)
        assert f"{copy.version.get_absolute_url()}handout/copies/1/outcome/" in page.content.decode()
    record_outcome(copy=copy, outcome=Outcome.COLLECTED, by=world.universe.ours.staff, at=NOW)
    assert not world.is_called_back(copy)


def test_the_worklist_names_it_for_the_provider_of_either_plan(world: World) -> None:
    copy = world.printed()
    world.revised(world.diazepam)
    page = words_of(world.universe.client_of(world.universe.ours.provider).get("/", {"whose": "mine"}))
    assert f"Schedule table of plan 1, version 1, and plan 2, version 1, code {copy.written_code}" in page


def test_the_record_of_it_names_both_and_leads_to_a_new_one_of_all_plans(world: World) -> None:
    copy = print_joint(world.patient, world.universe.ours.staff, with_file=True)
    page = world.staff.get(f"{copy.version.get_absolute_url()}handout/copies/1/record/")
    assert "Plan 1, version 1, and plan 2, version 1, copy 1" in words_of(page)
    assert f'href="{world.address}print/"' in page.content.decode()


def test_the_stable_address_of_a_version_never_gives_the_paper_of_all_plans(world: World) -> None:
    print_joint(world.patient, world.universe.ours.staff, with_file=True)
    answer = world.staff.get(f"{world.clonazepam.get_absolute_url()}handout.pdf")
    assert answer["Location"] == f"{world.clonazepam.get_absolute_url()}handout/print/"


def test_opened_again_it_is_the_file_or_says_on_each_page_what_holds(world: World) -> None:
    copy = print_joint(world.patient, world.universe.ours.staff, with_file=True)
    pdf = f"{copy.version.get_absolute_url()}handout/copies/1/handout.pdf"
    page = f"{copy.version.get_absolute_url()}handout/copies/1/"
    assert world.staff.get(page)["Location"] == pdf, "the browser has the table of one plan only"
    assert world.staff.get(pdf).content == bytes(copy.file.pdf)
    sign_plan(world.third_plan(), world.universe.ours, diazepam_schedule("03/02/2026"))
    assert world.staff.get(pdf).content != bytes(copy.file.pdf)


def test_no_version_is_added_to_a_paper_that_was_printed(world: World) -> None:
    copy = world.printed()
    with pytest.raises(DatabaseError, match="append-only"):
        FurtherVersion.objects.create(copy=copy, version=world.revised(world.diazepam), position=2)


def test_a_list_of_copies_asks_for_the_further_versions_once(world: World) -> None:
    asked = []
    for _ in range(2):
        world.printed()
        with CaptureQueriesContext(connection) as captured:
            world.staff.get(world.clonazepam.plan.get_absolute_url())
        asked.append(sum("handouts_furtherversion" in row["sql"] for row in captured))
    assert asked[0] == asked[1]


def _print_for(world: World, day: str) -> HttpResponse:
    answer: HttpResponse = world.staff.post(f"{world.address}print/", {**CHOICE, "day": day})
    return answer
