"""From what is stored to the plain texts of the visit content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.utils.formats import date_format
from django.utils.timezone import localtime

from taperplanner.accounts.models import User
from taperplanner.days import short, without_weekday
from taperplanner.guidance.library import library
from taperplanner.patients.allergies.listing import allergies_of
from taperplanner.patients.medications.listing import MedicationList, medication_list
from taperplanner.patients.models import Patient
from taperplanner.patients.safety import gaps_of
from taperplanner.releases import MADE_BY
from taperplanner.tapers.drug_names import printed_name
from taperplanner.tapers.models import Plan, Version
from taperplanner.tapers.schedule.course import Course, CourseStep, Span
from taperplanner.tapers.schedule.schedule import short_names
from taperplanner.tapers.signed.content import verified_course
from taperplanner.tapers.wording.as_needed import as_needed_lines
from taperplanner.tapers.wording.lines import ended_line
from taperplanner.tapers.wording.patterns import days_named
from taperplanner.tapers.wording.today import day_line
from taperplanner.tapers.wording.words import days_text, times_of

from ..check_ins.lines import recorded_pairs, scores_in_words
from ..danger import sign_in_words
from ..downtime.marks import paper_marks
from ..follow_ups.due import FollowUpState, state_of
from ..in_error.about import error_in_words
from ..models import CheckIn, Decision, Emergency, EntryKind
from ..reviews.lines import summary_rows
from ..supply.lines import supply_of
from ..symptoms import SYMPTOMS, Severity, asked_in_words, symptom_total
from . import content

Row3 = tuple[str, str, str]
Row4 = tuple[str, str, str, str]
Row5 = tuple[str, str, str, str, str]


def visit_summary_of(plan: Plan, *, today: date, by: User) -> content.VisitSummary:
    """`plan.patient.clinic` must be at hand. Raises: Tampered."""
    patient, clinic = plan.patient, plan.patient.clinic
    course = verified_course(plan)
    medicines = medication_list(patient, today=today, zone=clinic.zone)
    band = library().over_schedules(plan.drug)
    return content.VisitSummary(
        identity=content.Identity(
            patient.full_name,
            patient.birth.in_words,
            patient.mrn,
            allergies_of(patient, zone=clinic.zone).line,
        ),
        clinic=content.Clinic(clinic.name, clinic.address, clinic.phone or "not recorded"),
        plan=_plan(plan, course, today),
        tables=(
            content.steps(tuple(steps_of(course)) if course else ()),
            content.check_ins(tuple(check_in_rows(plan))),
            content.reviews(*summary_rows(plan, today)),
            content.emergencies(tuple(emergency_rows(plan))),
            content.medications(tuple(medication_rows(medicines))),
        ),
        open_questions=tuple(_open_questions(plan, medicines, today)),
        printed=date_format(localtime(), "F j, Y, g:i A"),
        printed_by=by.full_title,
        made_by=MADE_BY,
        paper=clinic.paper_size,
        band=" ".join(band.paragraphs) if band else "",
        band_source=f"{band.source_line}. {band.review_line}." if band else "",
    )


def _plan(plan: Plan, course: Course[Version] | None, today: date) -> content.PlanBlock:
    title = f"Plan {plan.number}: {printed_name(plan.drug)}, {plan.aim.lower()}"
    if plan.started_for:
        title += f": {plan.started_for}"
    if course is None:
        return content.PlanBlock(
            title, "Nothing is signed yet.", "No signed schedule says what is taken today."
        )
    signed = " ".join(signed_line(span, today) for span in course.ahead(today))
    ended = ended_line(plan.get_state_display(), today)
    return content.PlanBlock(title, signed, day_line(course, today, plan.drug) if plan.is_open else ended)


def signed_line(span: Span[Version], today: date) -> str:
    version = span.version
    signed_on = without_weekday(localtime(version.signed_at).date())
    begins = f", in force from {without_weekday(span.first_day)} on" if span.first_day > today else ""
    return f"Version {version.number}, signed by {version.signed_by_name} on {signed_on}{begins}."


def steps_of(course: Course[Version]) -> Iterator[Row4]:
    """Every step that is ever taken, on the days on which it is; a pattern in a row for each of its days."""
    names = {span.version: short_names(span.schedule.products.values()) for span in course.spans}
    for one in course.steps():
        position = one.dated.step.position
        which = f"{position} of version {one.version.number}" if len(course.spans) > 1 else str(position)
        taken = replace(one.dated, last_day=one.last_day or date.max)
        for group in taken.groups():
            regimen = group.regimen
            on = f" on {days_named(taken, group)}" if taken.step.is_pattern else ""
            lines = times_of(regimen, one.products, names[one.version])
            taken_then = "; ".join(f"{time} {what}" for time, what in lines)
            yield which, _days(one), f"{regimen.dose}{on}", taken_then or "none"
    yield from _as_needed(course)


def _as_needed(course: Course[Version]) -> Iterator[Row4]:
    """Of each version that has one, below the steps and beside them."""
    for span in course.spans:
        if lines := as_needed_lines(span.schedule, span.last_day):
            which = f"as needed, version {span.version.number}"
            yield which, lines.days, "beside it", f"{lines.taken}; {lines.most}. When: {lines.when}"


def _days(one: CourseStep[Version]) -> str:
    if one.last_day is None:
        last = one.dated.last_day
        return (
            f"{short(one.first_day)} to {short(last)}, {days_text(one.dated.step.days)}, then until reviewed"
        )
    days = (one.last_day - one.first_day).days + 1
    return f"{short(one.first_day)} to {short(one.last_day)}, {days_text(days)}"


def check_in_rows(plan: Plan) -> Iterator[Row5]:
    """Each with its number: two of one day are two."""
    marks = paper_marks(plan.patient.clinic, [plan])
    for row in plan.check_ins.valid().oldest_first().prefetch_related("ratings", "runs"):
        decision = Decision(row.decision).label if row.decision else "none recorded"
        said = "; ".join(f"{label}: {what}" for label, what in recorded_pairs(row))
        contact = f"{short(row.happened_on)}, number {row.number}, {row.get_contact_display().lower()}"
        yield (
            ". ".join(filter(None, (contact, marks.get(row.pk)))),
            decision,
            _symptoms(row),
            ", ".join(scores_in_words(row)) or "not asked",
            said or "nothing recorded",
        )


def _symptoms(row: CheckIn) -> str:
    """What stands out, and of how many that were asked about."""
    rated = {one.symptom: one.severity for one in row.ratings.all()}
    total = symptom_total(rated, row.symptoms_listed)
    if total is None:
        return "not asked"
    marked = [
        f"{symptom.label} ({Severity(rated[key]).label.lower()})"
        for key, symptom in SYMPTOMS.items()
        if rated.get(key, 0) >= (Severity.MILD if symptom.is_danger else Severity.MODERATE)
    ]
    return f"{', '.join(marked) or 'none'}; {asked_in_words(total.asked, total.listed, total.added)}"


def emergency_rows(plan: Plan) -> Iterator[Row3]:
    rows = Emergency.objects.of_plans([plan]).valid().oldest_first().with_plan()
    for row in rows.prefetch_related("entries"):
        entries = sorted(row.entries.all(), key=lambda entry: entry.written_at)
        done = " ".join(entry.text for entry in entries if entry.kind == EntryKind.DONE)
        closed = next(
            (f"Closed: {one.text}" for one in entries if one.kind == EntryKind.CLOSED), "Still open."
        )
        signs = "; ".join(map(sign_in_words, row.signs))
        if row.recorded_in is not None and (in_error := error_in_words(row.recorded_in)):
            signs = f"{signs} (its check-in was entered in error: {in_error})"
        yield short(row.day_at(plan.patient.clinic)), signs, f"{done or 'Nothing is recorded.'} {closed}"


def medication_rows(medicines: MedicationList) -> Iterator[Row3]:
    for row in medicines.taken:
        facts = dict(row.facts)
        name = " ".join(part for part in (row.name, row.amount) if part)
        since = f"Since {facts['Since']}" if facts.get("Since") else ""
        yield name, row.directions or "not recorded", "; ".join(filter(None, (since, row.level)))


def _open_questions(plan: Plan, medicines: MedicationList, today: date) -> Iterator[str]:
    """What is recorded as open, each as the clinic's pages say it."""
    yield from open_of_patient(plan.patient)
    for gap in medicines.review.gaps:
        yield f"Medication list: {gap}"
    for row in plan.follow_ups.open().by_day():
        if state_of(row.status, row.due_on, today) is FollowUpState.OVERDUE:
            yield f"Follow-up overdue since {without_weekday(row.due_on)}: {row.purpose}"
    for line in supply_of(plan, today=today, next_contact=None).products:
        if line.shortfall:
            yield f"{line.product}: {line.shortfall}"
        if line.is_short_now:
            yield f"{line.product}: by the records there is not enough today"
    for hold in plan.hold_requests.waiting().by_day():
        yield f"A hold was asked for on {without_weekday(hold.asked_on)} by {hold.asked_by}, and not answered: {hold.why}"
    moved = plan.follow_ups.moved().count()
    if moved:
        yield f"Follow-ups whose steps a newer version moved, not decided yet: {moved}"


def open_of_patient(patient: Patient) -> Iterator[str]:
    for row in patient.emergencies.open().oldest_first().with_plan():
        yield f"Open emergency of {without_weekday(row.day_at(patient.clinic))}: {'; '.join(map(sign_in_words, row.signs))}"
    gaps = gaps_of(patient)
    if gaps:
        yield f"Safety facts not known: {'; '.join(gaps)}"
