"""The day book is derived: what it says comes from the records, in their own transaction, and can be written anew."""

from __future__ import annotations

import io
import threading
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from taperplanner.audit.log import audited_transaction, record
from taperplanner.day_book import writing
from taperplanner.day_book.caseload import open_plans_of
from taperplanner.day_book.models import Due, Kind
from taperplanner.day_book.rebuilding import write_where_there_is_none
from taperplanner.day_book.writing import rewrite
from taperplanner.handouts.paper.layouts import Choice
from taperplanner.patients.medications.actions import review_medications
from taperplanner.patients.medications.reviews import list_revision_of
from taperplanner.tapers.actions import end_plan
from taperplanner.tapers.models import Plan, State, Version
from taperplanner.worklist.page import sections_of

from ..world.course import record_dispensing_of, review, words_of
from ..world.people import answer_all, build_patient
from ..world.plans import TODAY, open_plan, sign_plan, typed_schedule
from ..world.printing import print_handout
from ..world.tampering import past_the_triggers
from ..world.universe import NOW, House, Universe
from .looked_at import query

FAR = timedelta(days=365)


def lines_of(plan: Plan) -> set[str]:
    return {f"{one.kind} {one.first_day}" for one in Due.objects.filter(plan=plan)}


def test_a_signed_plan_has_a_line_for_each_of_its_days(plan: Plan) -> None:
    assert lines_of(plan) >= {"change 2026-03-02", "change 2026-03-16", "last_day 2026-05-03"}
    assert Due.objects.filter(plan=plan, kind=Kind.UNDATED).count() == 1


def test_a_record_that_failed_leaves_the_day_book_as_it_was(universe: Universe, plan: Plan) -> None:
    before = lines_of(plan)

    def fails() -> None:
        with audited_transaction():
            record_dispensing_of(plan, universe.ours, "3", product=1)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert lines_of(plan) == before


def test_what_is_recorded_inside_another_record_writes_the_day_book_once(
    universe: Universe, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[set[object]] = []
    monkeypatch.setattr(writing, "rewrite", seen.append)
    with audited_transaction():
        record_dispensing_of(plan, universe.ours, "3", product=1)
        review(plan, universe.ours, pdmp="looked_at")
    record("patient.page_shown", by=universe.ours.staff, at=NOW, patient_id=plan.patient_id)
    assert seen == [{plan.patient_id}]
    print_handout(version=plan.versions.get(), choice=Choice(), by=universe.ours.staff, at=NOW)
    assert len(seen) == 1, "what is printed makes nothing due"


def test_an_ended_plan_has_no_line(universe: Universe, plan: Plan) -> None:
    plan.refresh_from_db()
    end_plan(
        plan=plan,
        revision=plan.revision,
        state=State.DISCONTINUED,
        reason="Moved",
        by=universe.ours.provider,
        at=NOW,
    )
    assert not lines_of(plan)


def test_the_command_names_each_difference_mends_it_and_ends_with_1(plan: Plan) -> None:
    Due.objects.filter(plan=plan, kind=Kind.CHANGE, first_day=TODAY).delete()
    Due.objects.create(
        clinic_id=plan.patient.clinic_id, plan=plan, kind=Kind.SUPPLY, first_day=TODAY, product=7
    )
    said = io.StringIO()
    with pytest.raises(CommandError, match="2 differences, which are mended now"):
        call_command("rebuild_day_book", stderr=said, stdout=io.StringIO())
    assert said.getvalue().splitlines() == [
        f"plan {plan.pk}: change from 2026-03-02 is missing",
        f"plan {plan.pk}: supply from 2026-03-02 is not derived from any record",
    ]
    well = io.StringIO()
    call_command("rebuild_day_book", stdout=well)
    assert well.getvalue() == "The day book of 1 patients is as the records have it.\n"


def test_a_plan_that_was_tampered_with_is_named_after_the_next_night_though_nothing_is_due(
    universe: Universe, version: Version, staff: Client
) -> None:
    past_the_triggers("UPDATE tapers_step SET dose_nanograms = 5000000 WHERE position = 2")
    with pytest.raises(CommandError):
        call_command("rebuild_day_book", stdout=io.StringIO(), stderr=io.StringIO())
    page = words_of(staff.get("/"))
    assert "Plans that are not what was signed (1)" in page
    assert "5 mg" not in page


def test_a_database_of_before_there_was_a_day_book_has_one_after_migrate(plan: Plan) -> None:
    before = lines_of(plan)
    Due.objects.all().delete()
    write_where_there_is_none("default")
    assert lines_of(plan) == before
    Due.objects.filter(kind=Kind.CHANGE).delete()
    write_where_there_is_none("default")  # one that is there is left alone: the command looks after it
    assert lines_of(plan) < before


def test_the_page_reads_the_plans_that_are_due_and_no_other(
    universe: Universe, monkeypatch: pytest.MonkeyPatch
) -> None:
    house, read = universe.ours, []
    due = signed_for(house)

    def seen(patients: set[object], **given: object) -> object:
        read.append(patients)
        return open_plans_of(patients, **given)

    monkeypatch.setattr("taperplanner.worklist.page.open_plans_of", seen)
    asked = []
    for quiet in (2, 10):
        for _ in range(quiet):
            seen_to(signed_for(house, first_day="03/02/2027"), house)
        with CaptureQueriesContext(connection) as queries:
            sections_of(query(house, TODAY))
        asked.append(len(queries))
    assert read == [{due.patient_id}] * 2
    assert asked[0] == asked[1]


def seen_to(plan: Plan, house: House) -> None:
    """Nothing of it is due for a long while."""
    review(plan, house, pdmp="looked_at", next_due_on=TODAY + FAR)
    revisions = list(plan.patient.medications.values_list("revision", flat=True))
    review_medications(
        patient=plan.patient, list_revision=list_revision_of(revisions), by=house.staff, at=NOW
    )


def signed_for(house: House, first_day: str = "03/02/2026") -> Plan:
    patient = build_patient(house)
    answer_all(patient, by=house.provider)
    plan = open_plan(house, patient)
    sign_plan(plan, house, typed_schedule(first_day))
    return plan


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="on SQLite whoever writes has the whole database"
)
@pytest.mark.parametrize("queues", [True, False])
def test_who_derives_a_patients_lines_waits_for_whoever_does(
    universe: Universe, plan: Plan, monkeypatch: pytest.MonkeyPatch, queues: bool
) -> None:
    """And without the queue reads past what the other has not committed: the control."""
    if not queues:
        monkeypatch.setattr(writing, "_queue_for", lambda _: None)
    first_is_done, over, order = threading.Event(), threading.Event(), []

    def second() -> None:
        try:
            first_is_done.wait(timeout=20)
            rewrite([plan.patient_id])
            order.append("second")
        finally:
            over.set()
            connections.close_all()

    thread = threading.Thread(target=second)
    thread.start()
    with transaction.atomic():
        rewrite([plan.patient_id])
        first_is_done.set()
        over.wait(timeout=0.5 if queues else 20)
        order.append("first")
    thread.join()
    assert order == (["first", "second"] if queues else ["second", "first"])
