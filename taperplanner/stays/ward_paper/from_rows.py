"""From what is stored to the plain texts of the record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.utils.formats import date_format
from django.utils.timezone import localtime

from taperplanner.accounts.models import User
from taperplanner.days import in_words, short
from taperplanner.guidance.entries import Entry
from taperplanner.guidance.library import library
from taperplanner.monitoring.check_ins.lines import Part, last_said
from taperplanner.monitoring.visit_summary import content as summary
from taperplanner.monitoring.visit_summary.from_rows import (
    check_in_rows,
    emergency_rows,
    medication_rows,
    open_of_patient,
    steps_of,
)
from taperplanner.patients.allergies.listing import allergies_of
from taperplanner.patients.medications.listing import medication_list
from taperplanner.patients.models import Patient
from taperplanner.releases import MADE_BY
from taperplanner.tapers.drug_names import printed_name
from taperplanner.tapers.models import Plan, Version
from taperplanner.tapers.schedule.course import Course, Span
from taperplanner.tapers.signed.content import Tampered, verified_course
from taperplanner.tapers.who_treats import provider_named
from taperplanner.tapers.wording.day_sentences import day_sentences
from taperplanner.tapers.wording.today import next_line

from ..models import Stay, StayEnd
from ..rule import Whereabouts, undecided, where, whereabouts_of_one
from . import content

NEWEST: Final = 10  # check-ins
# What a ward looks for, by the entries' names.
DANGERS: Final = ("withdrawal/dangerous-symptoms", "withdrawal/when-it-shows", "withdrawal/common-symptoms")
TAKEN_FIRST: Final = ("What was really taken, as the patient said", "Since the last contact", "Decision")
NOT_RECORDED: Final = "not recorded"


def ward_paper_of(patient: Patient, *, today: date, by: User) -> content.WardPaper:
    """Of every open plan. `patient.clinic` at hand. A plan that was altered is named, with nothing of it shown."""
    clinic, plans = patient.clinic, list(patient.plans.open().order_by("number"))
    for plan in plans:
        plan.patient = patient
    now = whereabouts_of_one(patient)
    medicines = medication_list(patient, today=today, zone=clinic.zone)
    return content.WardPaper(
        identity=summary.Identity(
            patient.full_name,
            patient.birth.in_words,
            patient.mrn,
            allergies_of(patient, zone=clinic.zone).line,
        ),
        clinic=clinic.name,
        address=clinic.address,
        calls=tuple(_calls(patient, plans, today)),
        suddenly=tuple(_suddenly(plans)),
        since=tuple(_since(now, plans)),
        plans=tuple(_of_plan(plan, today) for plan in plans),
        warnings=tuple(_warnings(plans)),
        tables=(
            *(_emergencies(plan, several=len(plans) > 1) for plan in plans),
            _stays(patient),
            summary.medications(tuple(medication_rows(medicines))),
        ),
        open_questions=tuple(open_of_patient(patient)),
        printed=date_format(localtime(), "F j, Y, g:i A"),
        printed_by=by.full_title,
        made_by=MADE_BY,
        paper=clinic.paper_size,
    )


def _calls(patient: Patient, plans: list[Plan], today: date) -> Iterator[content.Call]:
    clinic = patient.clinic
    providers = ", ".join(dict.fromkeys(provider_named(plan, today) for plan in plans))
    yield content.Call(
        f"{clinic.name}, {providers}" if providers else clinic.name, clinic.phone or NOT_RECORDED
    )
    yield content.Call("After hours", clinic.after_hours_phone or NOT_RECORDED)
    named = ", ".join(filter(None, (patient.emergency_contact_name, patient.emergency_contact_relation)))
    if named or patient.emergency_contact_phone:
        contact = f"Contact person of the patient: {named}" if named else "Contact person of the patient"
        yield content.Call(contact, patient.emergency_contact_phone or NOT_RECORDED)


def _since(now: Whereabouts, plans: list[Plan]) -> Iterator[str]:
    if now.stay is not None:
        until = f" Expected until: {now.stay.expected_until}." if now.stay.expected_until else ""
        yield f"{where(now.stay)}. Who gives the medicine there: {now.stay.get_gives_display().lower()}.{until}"
    if now.end is not None and any(now.is_undecided(plan.pk, plan.versions.all()) for plan in plans):
        yield f"{undecided(now.end)} What this record says of today is by the schedule that was signed before."


def _of_plan(plan: Plan, today: date) -> content.OfPlan:
    title = f"Plan {plan.number}: {printed_name(plan.drug)}. {plan.aim}"
    if plan.started_for:
        title += f": {plan.started_for}"
    try:
        course = verified_course(plan)
    except Tampered:
        return content.OfPlan(plan.number, title, altered=content.ALTERED)
    if course is None:
        return content.OfPlan(
            plan.number, title, today="Nothing is signed, so no schedule says what is taken today."
        )
    said = day_sentences(course, today, plan.drug, said=f"Today, {in_words(today)}")
    rows = tuple(reversed(tuple(check_in_rows(plan))))
    last = last_said(plan)
    return content.OfPlan(
        plan.number,
        title,
        signed=tuple(_signed(span, today) for span in course.ahead(today)),
        today=f"{said.day}: {said.text}",
        times=said.times,
        next=next_line(course, today, plan.drug),
        last_title=f"Last check-in: {in_words(last[0].happened_on)}, {last[0].get_contact_display().lower()}"
        if last
        else "No check-in is recorded.",
        last=tuple(_last(last[1])) if last else (),
        tables=(_steps(course), _check_ins(rows)),
    )


def _last(parts: list[Part]) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """What was really taken first. What was asked about of nothing is left out: the total says of how many it is."""
    for part in sorted(parts, key=lambda one: one.title not in TAKEN_FIRST):
        if pairs := tuple(pair for pair in part.pairs if pair[1] != "not asked"):
            yield part.title, pairs


def _signed(span: Span[Version], today: date) -> str:
    version = span.version
    signed_on = date_format(localtime(version.signed_at), "F j, Y, g:i A")
    begins = f" It is in force from {in_words(span.first_day)} on." if span.first_day > today else ""
    return (
        f"Version {version.number}, signed by {version.signed_by_name} on {signed_on}.{begins} Digest of what was signed"
        f" (SHA-256): {version.content_hash}"
    )


def _steps(course: Course[Version]) -> summary.Table:
    return summary.steps(tuple(steps_of(course)))


def _check_ins(rows: tuple[tuple[str, str, str, str, str], ...]) -> summary.Table:
    """The newest first, and of how many."""
    table = summary.check_ins(rows[:NEWEST])
    said = (
        f"The newest {NEWEST} of {len(rows)}, the newest first."
        if len(rows) > NEWEST
        else "The newest first."
    )
    return summary.Table(
        "What was really taken, and reported, at check-ins",
        table.columns,
        table.rows,
        table.empty,
        0,
        said if rows else "",
    )


def _emergencies(plan: Plan, *, several: bool) -> summary.Table:
    table = summary.emergencies(tuple(emergency_rows(plan)))
    title = f"Emergencies, plan {plan.number}" if several else table.title
    return summary.Table(title, table.columns, table.rows, table.empty, table.narrow)


def _stays(patient: Patient) -> summary.Table:
    rows = patient.stays.valid().newest_first().prefetch_related("ends__error")
    columns = ("Hospital or other facility", "When", "What was taken there, as it was told")
    return summary.Table(
        "Stays", columns, tuple(_stay(row) for row in rows), "No stay is recorded.", narrow=0
    )


def _stay(stay: Stay) -> tuple[str, str, str]:
    ends: list[StayEnd] = [end for end in stay.ends.all() if not hasattr(end, "error")]
    if not ends:
        return stay.facility, f"since {short(stay.began_on)}, no end is recorded", "not told yet"
    days = f"{short(stay.began_on)} to {short(ends[0].ended_on)}"
    return stay.facility, days, f"{ends[0].taken_there} (told by {ends[0].told_by})"


def _suddenly(plans: list[Plan]) -> Iterator[str]:
    for drug in _drugs(plans):
        over = library().over_schedules(drug)
        text = content.SUDDENLY if over else content.NO_DOCUMENT
        yield " ".join((text.format(drug=drug), *(over.paragraphs if over else ())))


def _warnings(plans: list[Plan]) -> Iterator[content.Warned]:
    """What to look for, of each drug that the sources are about."""
    for drug in _drugs(plans):
        if over := library().over_schedules(drug):
            yield content.Warned(over.title, " ".join(over.paragraphs), _source(over))
            for entry in (one for name in DANGERS for one in library().of_drug(drug) if one.key == name):
                yield content.Warned(entry.title, " ".join(entry.paragraphs), _source(entry))


def _drugs(plans: list[Plan]) -> list[str]:
    return list(dict.fromkeys(plan.drug for plan in plans))


def _source(entry: Entry) -> str:
    return f"{entry.source_line}. {entry.review_line}."
