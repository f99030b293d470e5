"""One handout of all open plans of a patient: where it is offered, what it is, and what stands in its way."""

from __future__ import annotations

import pytest
import time_machine

from taperplanner.accounts.models import Clinic
from taperplanner.audit.models import Event
from taperplanner.handouts.copies.actions import CHANGED, print_handout
from taperplanner.handouts.models import PrintedHandout
from taperplanner.handouts.printing.joint import IN_DOUBT, NOT_SIGNED
from taperplanner.handouts.printing.may_print import TAMPERED, UNCHECKED, CannotPrint
from taperplanner.handouts.printing.render import set_paper
from taperplanner.tapers.actions import check_version
from taperplanner.tapers.signed.content import verified_content

from ..world.course import words_of
from ..world.joint import CHOICE, World, key_of, said
from ..world.joint_papers import (
    joint_job,
    print_joint,
    two_versions,
)
from ..world.printing import address_of
from ..world.steps import every_day
from ..world.tampering import past_the_triggers
from ..world.universe import NOW, Universe

OFFER = "Print one handout of all open plans"


@pytest.fixture(name="world")
def _world(universe: Universe) -> object:
    with time_machine.travel(NOW):
        yield World(universe, *two_versions(universe.ours))


def refused(world: World) -> str:
    """What stands on the page in place of the choice, and of the preview."""
    answers = [world.staff.get(f"{world.address}{page}") for page in ("print/", "")]
    assert [answer.status_code for answer in answers] == [409, 409]
    assert not PrintedHandout.objects.exists()
    assert world.staff.post(f"{world.address}print/", CHOICE).status_code == 409
    return words_of(answers[0])


# --- Where it is offered ----------------------------------------------------------------------


def test_it_is_offered_on_the_patients_page_and_on_the_print_page_of_each_plan(world: World) -> None:
    assert OFFER in words_of(world.staff.get(world.patient.get_absolute_url()))
    for version in (world.clonazepam, world.diazepam):
        page = words_of(world.staff.get(f"{version.get_absolute_url()}handout/print/"))
        assert f"This is the paper of plan {version.plan.number} alone." in page
        assert OFFER in page


def test_it_is_not_offered_where_one_plan_is_open(world: World) -> None:
    world.end(world.diazepam)
    assert OFFER not in words_of(world.staff.get(world.patient.get_absolute_url()))
    assert OFFER not in words_of(world.staff.get(f"{world.clonazepam.get_absolute_url()}handout/print/"))
    for answer in (world.staff.get(f"{world.address}print/"), world.staff.post(world.address, CHOICE)):
        assert answer["Location"] == world.patient.get_absolute_url()
    assert "This patient has one open plan or none." in words_of(
        world.staff.get(world.patient.get_absolute_url())
    )


def test_a_print_makes_one_copy_of_both_versions_with_one_code(world: World) -> None:
    page = words_of(world.staff.get(f"{world.address}print/"))
    assert "version 1 , from March 2, 2026 on, signed by Priya Provider, MD" in page
    assert "version 1 , from March 9, 2026 on, signed by Priya Provider, MD" in page
    preview = world.staff.get(world.address, CHOICE, headers={"HX-Request": "true"})
    assert b"<img" in preview.content
    to = world.staff.post(f"{world.address}print/", CHOICE)["Location"]
    copy = PrintedHandout.objects.get()
    assert [version.pk for version in copy.versions] == [world.clonazepam.pk, world.diazepam.pk]
    answer = world.staff.get(to)
    assert answer["Content-Type"] == "application/pdf"
    assert bytes(copy.file.pdf) == answer.content
    assert said(copy).startswith("This paper is current")


def test_the_audit_log_names_both_versions_and_no_drug(world: World) -> None:
    print_joint(world.patient, world.universe.ours.staff)
    event = Event.objects.get(action="handout.printed")
    assert event.subject == "plan 1, version 1, and plan 2, version 1, copy 1"
    assert event.patient_id == world.patient.pk
    assert world.staff.get(f"{world.address}print/").status_code == 200
    shown = Event.objects.filter(action="patient.page_shown").latest("at")
    assert shown.subject == "handouts:patient_handout_print"


def test_without_a_script_the_pages_stand_on_a_page_of_their_own(world: World) -> None:
    to = world.staff.post(world.address, {**CHOICE, "layout": "checklist", "once": "0" * 32})["Location"]
    assert "once" not in to
    assert "layout=checklist" in to
    assert "Preview of page 1 of" in world.staff.get(world.address, CHOICE).content.decode()
    assert not PrintedHandout.objects.exists()


def test_layouts_that_tell_of_one_medicine_are_not_offered(world: World) -> None:
    page = world.staff.get(f"{world.address}print/").content.decode()
    assert 'value="calendar"' in page
    for layout in ("wallet", "diary", "pharmacy"):
        assert f'value="{layout}"' not in page
    assert world.staff.post(f"{world.address}print/", {**CHOICE, "layout": "wallet"}).status_code == 200
    assert not PrintedHandout.objects.exists()


def test_what_the_user_printed_last_is_offered_where_several_plans_can_share_it(world: World) -> None:
    assert world.staff.post(f"{world.address}print/", {**CHOICE, "layout": "checklist"}).status_code == 302
    page = world.staff.get(f"{world.address}print/").context["form"]
    assert page["layout"].value() == "checklist"


# --- What stands in its way -------------------------------------------------------------------


def test_it_is_refused_while_an_open_plan_has_no_signed_version(world: World) -> None:
    world.third_plan()
    assert f"Plan 3 (lorazepam): {NOT_SIGNED}" in refused(world)


def test_it_is_refused_while_one_version_is_not_what_was_signed(world: World) -> None:
    past_the_triggers(f"UPDATE tapers_step SET days = 15 WHERE version_id = '{key_of(world.diazepam)}'")
    assert f"Plan 2 (diazepam): {TAMPERED}" in refused(world)


def test_it_is_refused_until_a_second_person_has_checked_each_version(world: World) -> None:
    Clinic.objects.update(requires_check=True)
    doses = [every_day(step).dose for step in verified_content(world.clonazepam).schedule.steps]
    assert UNCHECKED in refused(world)
    check_version(version=world.clonazepam, typed=doses, by=world.universe.ours.staff, at=NOW)
    page = refused(world)
    assert f"Plan 2 (diazepam): {UNCHECKED}" in page
    assert "Plan 1" not in page.partition("cannot be printed yet")[2]


def test_it_is_refused_while_a_check_of_one_version_found_differences(world: World) -> None:
    steps = verified_content(world.diazepam).schedule.steps
    wrong = [every_day(steps[-1]).dose for _ in steps]
    check_version(version=world.diazepam, typed=wrong, by=world.universe.ours.staff, at=NOW)
    assert f"Plan 2 (diazepam): {IN_DOUBT}" in refused(world)


def test_what_stands_in_the_way_of_every_plan_is_said_once(world: World) -> None:
    Clinic.objects.update(phone="")
    assert refused(world).count("The clinic has no phone number") == 1


def test_another_clinics_patient_is_not_there(world: World) -> None:
    theirs = world.universe.client_of(world.universe.theirs.staff)
    assert theirs.get(f"{world.address}print/").status_code == 404
    assert theirs.post(f"{world.address}print/", CHOICE).status_code == 404


@pytest.mark.parametrize("what", ["signed", "opened", "ended"])
def test_what_changes_while_the_paper_is_set_keeps_it_back(world: World, what: str) -> None:
    job = joint_job(world.patient)
    paper = set_paper(job, address_of)
    if what == "signed":
        world.revised(world.diazepam)
    elif what == "opened":
        world.third_plan()
    else:
        world.end(world.diazepam)
    with pytest.raises(CannotPrint) as kept_back:
        print_handout(job=job, paper=paper, by=world.universe.ours.staff, at=NOW)
    assert {"signed": CHANGED, "opened": NOT_SIGNED, "ended": "one open plan or none"}[what] in str(
        kept_back.value
    )
    assert not PrintedHandout.objects.exists()
