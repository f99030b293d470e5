"""A fault of an earlier release is followed to each paper that is still out and each schedule of an open plan, until
somebody has said what became of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from taperplanner.audit.log import audited_transaction
from taperplanner.audit.models import Event
from taperplanner.handouts.copies.actions import record_outcome
from taperplanner.handouts.copies.validity import Kind, validity_of
from taperplanner.handouts.models import Outcome as CopyOutcome
from taperplanner.handouts.models import PrintedHandout
from taperplanner.handouts.paper.layouts import Choice, Layout
from taperplanner.patients.actions import archive_patient
from taperplanner.patients.models import Patient
from taperplanner.recall.actions import CannotAnswerNotice, answer_notices
from taperplanner.recall.items import waiting_items
from taperplanner.recall.models import NoticeAnswer, Outcome
from taperplanner.recall.on_pages import TITLE as SECTION
from taperplanner.tapers.actions import end_plan
from taperplanner.tapers.models import Plan, State, Version

from ..world.course import words_of
from ..world.notices import TITLE, made_by, notice_text, with_notices
from ..world.people import answer_all, build_patient
from ..world.plans import TODAY, open_plan, sign_plan, sign_revision, start_revision
from ..world.printing import print_handout
from ..world.restricted import restrict
from ..world.universe import NOW, Universe

Notify = Callable[..., None]
WORDS = "Called her, she has the new paper"


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def notify(tmp_path: Path) -> Iterator[Notify]:
    """This release has come with these notices."""
    with ExitStack() as stack:
        yield lambda *texts: stack.enter_context(with_notices(tmp_path, "".join(texts)))


def signed(universe: Universe, number: int, release: str) -> Version:
    house = universe.ours
    patient = build_patient(house, mrn=f"R-{number}", family_name=f"Recalled{number}")
    answer_all(patient, by=house.provider)
    with made_by(release):
        return sign_plan(open_plan(house, patient), house)


def printed(universe: Universe, version: Version, release: str, layout: Layout) -> PrintedHandout:
    with made_by(release):
        return print_handout(version=version, choice=Choice(layout), by=universe.ours.staff, at=NOW)


def answer(universe: Universe, patient: Patient, outcome: Outcome = Outcome.REPLACED) -> None:
    items = waiting_items(patient, TODAY)
    answer_notices(
        patient=patient, items=list(items), outcome=outcome, words=WORDS, by=universe.ours.staff, at=NOW
    )


def worklist(universe: Universe, patient: Patient) -> bool:
    """Whether the patient stands in the section of notices."""
    client = universe.client_of(universe.ours.staff)
    page = words_of(client.get("/?only=notices"))
    return patient.family_name in page


def address(patient: Patient) -> str:
    return reverse("recall:notices", args=[patient.pk])


def affected(*asked: str) -> str:
    out = StringIO()
    call_command("affected", *asked, stdout=out)
    return out.getvalue()


# --- The drill --------------------------------------------------------------------------------


def test_a_drill_over_three_releases(universe: Universe, notify: Notify) -> None:
    """0.2.0 is right, 0.3.0 prints wrong lists, 0.4.0 mends it and brings the notice."""
    right, wrong, both = (
        signed(universe, number, release) for number, release in enumerate(("0.2.0", "0.3.0", "0.2.0"))
    )
    printed(universe, right, "0.2.0", Layout.CHECKLIST)
    copies = [
        printed(universe, wrong, "0.3.0", Layout.CHECKLIST),
        printed(universe, both, "0.3.0", Layout.CHECKLIST),
    ]
    printed(universe, both, "0.3.0", Layout.WALLET)
    printed(universe, both, "0.4.0", Layout.CHECKLIST)
    asked = affected("--release", "0.3.0", "--layout", "checklist")
    assert set(re.findall(r"copy (\S+),", asked)) == {copy.written_code for copy in copies}
    assert "2 patients, 2 copies still out." in asked
    notify(notice_text("2027-1", "0.3.0", layouts=("checklist",)))
    patients = [version.plan.patient for version in (right, wrong, both)]
    assert [worklist(universe, patient) for patient in patients] == [False, True, True]
    for patient in patients[1:]:
        answer(universe, patient)
    assert [worklist(universe, patient) for patient in patients] == [False, False, False]
    assert NoticeAnswer.objects.count() == 2


# --- What waits -------------------------------------------------------------------------------


@pytest.fixture
def version(universe: Universe) -> Version:
    return signed(universe, 1, "0.3.0")


@pytest.fixture
def patient(version: Version) -> Patient:
    return version.plan.patient


@pytest.fixture
def staff(universe: Universe) -> Client:
    return universe.client_of(universe.ours.staff)


OF_LISTS = notice_text("2027-1", "0.3.0", layouts=("checklist",))
OF_SCHEDULES = notice_text("2027-2", "0.3.0", schedules=True)


def test_a_schedule_waits_until_a_version_of_another_release_takes_its_place(
    universe: Universe, version: Version, patient: Patient, notify: Notify
) -> None:
    notify(OF_SCHEDULES)
    assert worklist(universe, patient)
    with made_by("0.4.0"):
        newer = sign_revision(start_revision(version, universe.ours), universe.ours)
    assert newer.first_day > TODAY
    assert worklist(universe, patient), "until the new one begins the old one is followed"
    with time_machine.travel(NOW.replace(month=4), tick=False):
        assert not waiting_items(patient, newer.first_day)


def test_it_stands_before_the_work_of_the_day(version: Version, notify: Notify, staff: Client) -> None:
    notify(OF_SCHEDULES)
    page = words_of(staff.get("/"))
    assert page.index(f"{SECTION} (1)") < page.index("Plans without a date for the next review (")


@pytest.mark.parametrize("outcome", [CopyOutcome.COLLECTED, CopyOutcome.REPLACED])
def test_a_copy_that_came_back_waits_no_more(
    universe: Universe, version: Version, patient: Patient, notify: Notify, outcome: CopyOutcome
) -> None:
    copy = printed(universe, version, "0.3.0", Layout.CHECKLIST)
    notify(OF_LISTS)
    assert worklist(universe, patient)
    record_outcome(copy=copy, outcome=outcome, by=universe.ours.staff, at=NOW)
    assert not worklist(universe, patient)


def test_a_paper_with_a_known_fault_is_called_current_by_nobody(
    universe: Universe, version: Version, patient: Patient, notify: Notify
) -> None:
    """And once somebody has looked, it is again what it is."""
    copy = printed(universe, version, "0.3.0", Layout.CHECKLIST)
    page = f"/handouts/{copy.code}/"
    assert "This paper is current" in words_of(Client().get(page))
    notify(OF_LISTS)
    said = words_of(Client().get(page))
    assert "Ask the clinic about this paper" in said
    assert "Do not stop your medicine suddenly." in said
    assert "This paper is current" not in said
    answer(universe, patient, Outcome.RIGHT)
    assert validity_of(copy, TODAY).kind is Kind.CURRENT


def test_a_patient_who_was_archived_still_waits(
    universe: Universe, version: Version, patient: Patient, notify: Notify
) -> None:
    printed(universe, version, "0.3.0", Layout.CHECKLIST)
    notify(OF_LISTS)
    plan = Plan.objects.get(pk=version.plan_id)
    by = universe.ours.provider
    end_plan(plan=plan, state=State.COMPLETED, reason="Done", revision=plan.revision, by=by, at=NOW)
    archive_patient(patient=patient, reason="Moved", revision=patient.revision, by=by, at=NOW)
    assert worklist(universe, patient)
    answer(universe, patient)
    assert not worklist(universe, patient)


def test_a_restricted_record_is_named_to_nobody_else(
    universe: Universe, version: Version, notify: Notify
) -> None:
    printed(universe, version, "0.3.0", Layout.CHECKLIST)
    notify(OF_LISTS)
    patient = restrict(version.plan.patient, universe.ours)
    assert not worklist(universe, patient)


def test_without_a_notice_nothing_is_asked(universe: Universe, version: Version, patient: Patient) -> None:
    client = universe.client_of(universe.ours.staff)
    for page in ("/", patient.get_absolute_url(), version.plan.get_absolute_url()):
        with CaptureQueriesContext(connection) as asked:
            client.get(page)
        assert not [one for one in asked.captured_queries if "recall_" in one["sql"]], page


# --- Said by a person -------------------------------------------------------------------------


def test_the_page_says_what_to_do_and_takes_what_was_done(
    universe: Universe, version: Version, patient: Patient, notify: Notify, staff: Client
) -> None:
    copy = printed(universe, version, "0.3.0", Layout.CHECKLIST)
    notify(OF_LISTS, OF_SCHEDULES)
    assert "A fault in Taper Planner concerns a paper" in words_of(staff.get(patient.get_absolute_url()))
    page = words_of(staff.get(address(patient)))
    assert TITLE in page
    assert f"code {copy.written_code}" in page
    assert "Call the patient, and hand out a new paper." in page
    items = list(waiting_items(patient, TODAY))
    assert len(items) == 2
    sent = {"items": items, "outcome": "replaced", "words": WORDS}
    done = words_of(staff.post(address(patient), sent, follow=True))
    assert "What was done is recorded." in done
    assert WORDS in done
    assert "A fault in Taper Planner concerns a paper" not in done
    event = Event.objects.get(action="notice.answered")
    assert event.details == {"notices": ["2027-1", "2027-2"], "outcome": "replaced", "items": 2}


def test_what_was_typed_stays_when_nothing_is_ticked(
    universe: Universe, version: Version, patient: Patient, notify: Notify, staff: Client
) -> None:
    printed(universe, version, "0.3.0", Layout.CHECKLIST)
    notify(OF_LISTS)
    page = staff.post(address(patient), {"words": WORDS, "outcome": "told"}).content.decode()
    assert "Tick what this is about." in page
    assert WORDS in page
    assert NoticeAnswer.objects.count() == 0


def test_what_was_dealt_with_can_be_taken_back_and_waits_again(
    universe: Universe, version: Version, patient: Patient, notify: Notify
) -> None:
    printed(universe, version, "0.3.0", Layout.CHECKLIST)
    notify(OF_LISTS)
    items = list(waiting_items(patient, TODAY))
    by = {"by": universe.ours.staff, "at": NOW}
    with pytest.raises(CannotAnswerNotice, match="can be taken back"):
        answer_notices(patient=patient, items=items, outcome=Outcome.OPEN_AGAIN, words="No", **by)
    answer(universe, patient)
    with pytest.raises(CannotAnswerNotice, match="dealt with already"):
        answer_notices(patient=patient, items=items, outcome=Outcome.TOLD, words=WORDS, **by)
    answer_notices(patient=patient, items=items, outcome=Outcome.OPEN_AGAIN, words="It was another", **by)
    assert worklist(universe, patient)


@pytest.mark.parametrize("bad", [{"version": None}, {"words": ""}], ids=["of nothing", "says nothing"])
def test_an_answer_is_of_one_copy_or_one_version_and_says_something(
    universe: Universe, version: Version, patient: Patient, bad: dict[str, object]
) -> None:
    """The table's own rules, past the action."""
    by = universe.ours.staff
    good = {"patient": patient, "number": 1, "notice": "2027-1", "version": version, "outcome": "told"}
    said = {"words": WORDS, "said_by": by, "said_by_name": by.full_title, "said_at": NOW}
    with pytest.raises(IntegrityError), audited_transaction():
        NoticeAnswer.objects.create(**(good | said | bad))
