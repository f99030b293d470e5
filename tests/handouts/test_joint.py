"""One handout of all open plans of a patient: what stands in its way, what it is out of date by, and who is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from taperplanner.accounts.models import Clinic
from taperplanner.audit.models import Event
from taperplanner.handouts.copies.actions import CHANGED, print_handout, record_outcome
from taperplanner.handouts.copies.public_answer import answers_to
from taperplanner.handouts.copies.validity import Kind, validity_of
from taperplanner.handouts.models import FurtherVersion, Outcome, PrintedHandout, stale_copies
from taperplanner.handouts.printing.joint import IN_DOUBT, NOT_SIGNED
from taperplanner.handouts.printing.may_print import TAMPERED, UNCHECKED, CannotPrint
from taperplanner.handouts.printing.render import set_paper
from taperplanner.patients.actions import archive_patient
from taperplanner.patients.models import Patient
from taperplanner.tapers.actions import check_version, end_plan
from taperplanner.tapers.draft.typed import from_json
from taperplanner.tapers.models import Plan, State, Version
from taperplanner.tapers.signed.content import verified_content

from ..world.course import words_of
from ..world.plans import confirmed_draft, sign_plan, start_revision
from ..world.printing import address_of
from ..world.printing import print_handout as print_one
from ..world.tampering import past_the_triggers
from ..world.two_plans import (
    SCHEDULE,
    diazepam_schedule,
    joint_job,
    open_diazepam,
    print_joint,
    two_versions,
)
from ..world.universe import NOW, Universe

TODAY, MARCH_9, MARCH_20 = NOW.date(), date(2026, 3, 9), date(2026, 3, 20)
CHOICE = {"layout": "schedule", "size": "regular", "language": "en"}
OFFER = "Print one handout of all open plans"


@dataclass(frozen=True)
class World:
    universe: Universe
    clonazepam: Version
    diazepam: Version

    @property
    def patient(self) -> Patient:
        return self.clonazepam.plan.patient

    @property
    def staff(self) -> Client:
        return self.universe.client_of(self.universe.ours.staff)

    @property
    def address(self) -> str:
        return f"/patients/{self.patient.pk}/handout/"

    def printed(self) -> PrintedHandout:
        return self.fresh(print_joint(self.patient, self.universe.ours.staff))

    def fresh(self, copy: PrintedHandout) -> PrintedHandout:
        return PrintedHandout.objects.with_version().get(pk=copy.pk)

    def revised(self, version: Version, day: date = MARCH_20) -> Version:
        draft = start_revision(version, self.universe.ours, day)
        return sign_plan(
            Plan.objects.get(pk=version.plan_id),
            self.universe.ours,
            confirmed_draft(from_json(draft.content)),
        )

    def end(self, version: Version) -> None:
        plan = Plan.objects.get(pk=version.plan_id)
        end_plan(
            plan=plan, revision=plan.revision, state=State.DISCONTINUED, reason="Changed", stopped_on=TODAY,
            by=self.universe.ours.provider, at=NOW,
        )  # fmt: skip

    def third_plan(self) -> Plan:
        return open_diazepam(self.universe.ours, self.patient, name="lorazepam")

    def kind(self, copy: PrintedHandout, day: date = TODAY) -> Kind:
        return validity_of(self.fresh(copy), day).kind

    def is_called_back(self, copy: PrintedHandout) -> bool:
        return stale_copies(self.universe.ours.clinic).filter(pk=copy.pk).exists()


@pytest.fixture(name="world")
def _world(universe: Universe) -> object:
    with time_machine.travel(NOW):
        yield World(universe, *two_versions(universe.ours))


def said(copy: PrintedHandout, day: date = TODAY) -> str:
    at = datetime.combine(day, NOW.time(), NOW.tzinfo)
    (answer,) = answers_to(copy.written_code, at=at)
    return " ".join((answer.title, *answer.sentences))


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
    past_the_triggers(f"UPDATE tapers_step SET days = 15 WHERE version_id = '{_key(world.diazepam)}'")
    assert f"Plan 2 (diazepam): {TAMPERED}" in refused(world)


def test_it_is_refused_until_a_second_person_has_checked_each_version(world: World) -> None:
    Clinic.objects.update(requires_check=True)
    doses = [step.every_day.dose for step in verified_content(world.clonazepam).schedule.steps]
    assert UNCHECKED in refused(world)
    check_version(version=world.clonazepam, typed=doses, by=world.universe.ours.staff, at=NOW)
    page = refused(world)
    assert f"Plan 2 (diazepam): {UNCHECKED}" in page
    assert "Plan 1" not in page.partition("cannot be printed yet")[2]


def test_it_is_refused_while_a_check_of_one_version_found_differences(world: World) -> None:
    steps = verified_content(world.diazepam).schedule.steps
    wrong = [steps[-1].every_day.dose for _ in steps]
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
    past_the_triggers(f"UPDATE tapers_step SET days = 15 WHERE version_id = '{_key(getattr(world, which))}'")
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


def _key(version: Version) -> str:
    return version.pk.hex if connection.vendor == "sqlite" else str(version.pk)
