"""What an attacker with the database's password can do, and the triggers cannot stop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from django.db import connection, models, transaction

from taperplanner.accounts.models import Method, User
from taperplanner.accounts.proofs import Proof, digest_of
from taperplanner.append_only import drop_triggers, install_triggers
from taperplanner.doses import Dose, parse_dose
from taperplanner.handouts.copies.actions import print_handout, record_outcome
from taperplanner.handouts.models import Outcome
from taperplanner.handouts.paper.codes import new_code
from taperplanner.handouts.paper.layouts import Choice, Layout
from taperplanner.handouts.printing.job import PrintJob
from taperplanner.handouts.printing.render import SetPaper
from taperplanner.monitoring.check_ins.drafts.actions import FromPage, keep_draft
from taperplanner.patients.actions import record_far_day
from taperplanner.patients.medications.actions import review_medications
from taperplanner.patients.medications.reviews import list_revision_of
from taperplanner.tapers.actions import check_version, edit_plan
from taperplanner.tapers.confirmed import what_is_checked
from taperplanner.tapers.draft.checking import check_draft
from taperplanner.tapers.models import Version
from taperplanner.tapers.signed.content import verified_content
from taperplanner.tapers.signed.needed_check import NeededCheck
from taperplanner.tapers.wording.to_check import to_check

from .allergies import allergy_rows, typed_from_package
from .at_home import helper_rows
from .away import a_row_of_work_and_leave, reassigned
from .clock import clock_was_looked_at
from .course import FORM_KEY, write_everything
from .downtime import write_everything_of_down_time
from .flags import done_flag
from .joint_papers import print_beside
from .needed import NEEDED, with_needed
from .notes import add_note
from .notices import answer_of_a_notice
from .plans import DETAILS, TODAY, open_plan, sign_plan, typed_schedule
from .restricted import ended_access
from .stays import write_everything_of_stays
from .typed_patterns import typed_step
from .universe import NOW, Universe


def signed_with_a_row_in_every_table(universe: Universe) -> Version:
    version = signed_with_all_of_format_2(universe)
    patient = version.plan.patient
    shown = list_revision_of([record.revision for record in patient.medications.all()])
    review_medications(patient=patient, list_revision=shown, by=universe.ours.provider, at=NOW)
    doses = [one.dose for one in to_check(verified_content(again(version)).schedule)]
    needed = NeededCheck(parse_dose(NEEDED.dose), int(NEEDED.times))
    check(again(version), doses, needed, universe.ours.staff)
    add_note(universe.ours)
    plan = again(version).plan
    rewritten = replace(DETAILS, agreed_by="The patient and her brother")
    edit_plan(plan=plan, revision=plan.revision, details=rewritten, by=universe.ours.provider, at=NOW)
    write_everything(again(version).plan, universe.ours)
    write_everything_of_down_time(again(version).plan, universe.ours)
    done_flag(patient, universe.ours)
    answer_of_a_notice(again(version), universe.ours)
    clock_was_looked_at(universe.ours)
    allergy_rows(patient, universe.ours)
    helper_rows(patient, universe.ours)
    typed_from_package(plan, 1, "Lactose monohydrate, corn starch", universe.ours)
    keep_draft(
        plan=again(version).plan,
        content={"happened_on": "03/02/2026", "missed_or_extra": "Forgot Sunday"},
        sent=FromPage(key=FORM_KEY, page="a" * 32, revision=0),
        by=universe.ours.staff,
        at=NOW,
    )
    record_far_day(
        patient=patient, of="plan 1", day=NOW.date(), reason="Meant", by=universe.ours.staff, at=NOW
    )
    card = Choice(Layout.WALLET)
    job = PrintJob(again(version), card, at=NOW)
    paper = SetPaper(new_code(), b"%PDF-1.7", 1, job.fingerprint())
    copy = print_handout(job=job, paper=paper, by=universe.ours.staff, at=NOW, keep=False)
    after_its_step = NOW + timedelta(days=30)
    record_outcome(copy=copy, outcome=Outcome.COLLECTED, by=universe.ours.staff, at=after_its_step)
    print_beside(version, universe.ours)
    write_everything_of_stays(again(version).plan, universe.ours)
    ended_access(universe.ours)
    a_row_of_work_and_leave(universe.ours)
    reassigned(again(version).plan, universe.ours)
    settle()
    return version


def signed_with_all_of_format_2(universe: Universe) -> Version:
    """The published schedule, with half a tablet on every other night after it, and a dose as needed beside it."""
    plan, daily = open_plan(universe.ours), typed_schedule()
    draft = with_needed(replace(daily, steps=(*daily.filled, typed_step(14, [0, 1]))))
    warnings = check_draft(plan, draft, today=TODAY).warnings
    return sign_plan(plan, universe.ours, draft, reasons={one.place: "Meant." for one in warnings})


def check(version: Version, typed: Sequence[Dose], as_needed: NeededCheck, by: User) -> None:
    """By the password, as on the page."""
    confirmed = what_is_checked(version, typed, as_needed)
    proof = Proof(by.pk, Method.PASSWORD, confirmed, digest_of("the password", version.pk), NOW)
    check_version(version=version, typed=typed, typed_as_needed=as_needed, by=by, at=NOW, proof=proof)


def again(version: Version) -> Version:
    return Version.objects.select_related("plan").get(pk=version.pk)


def run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def copied(model: type[models.Model], **changed: str) -> str:
    """INTO a table the first of its own rows, with other values in the columns that are given."""
    table, columns = model._meta.db_table, [field.column for field in model._meta.concrete_fields]
    values = {column: column for column in columns} | changed
    return f"INTO {table} ({', '.join(values)}) SELECT {', '.join(values.values())} FROM {table} LIMIT 1"


def past_the_triggers(statement: str) -> None:
    """Run a statement with the triggers out of the way, and put them back."""
    settle()
    drop_triggers(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement)
    settle()
    install_triggers(connection)


def settle() -> None:
    """PostgreSQL alters no table that has deferred checks waiting."""
    connection.check_constraints()
