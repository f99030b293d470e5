"""What is wrong with a draft, each problem with its step and a sentence that says what to do.

A blocker prevents signing. A warning is acknowledged with a reason. Nothing in here judges how fast
a dose falls or proposes a number; it compares what was typed with what was typed.
"""

from __future__ import annotations

from collections.abc import Iterator

from taperplanner.days import LATEST_YEAR
from taperplanner.far_days import QUARTER, Near
from taperplanner.safe_spelling import find_unsafe

from ..schedule.schedule import ScheduleProduct, full_names
from .as_needed import problems_of_needed
from .parsed import ParsedDraft, ParsedStep
from .pattern_problems import of_pattern, of_rise, of_zeros
from .problem import MISREAD, CheckContext, Problem, Severity
from .problems_of_texts import of_description
from .product_problems import of_products, of_quantities, of_unknown_products
from .revision_problems import first_day_in_the_past, problems_of_the_revision
from .sheet_dates import of_sheet_dates
from .too_many import MOST_STEPS


def find_problems(parsed: ParsedDraft, context: CheckContext) -> list[Problem]:
    """Every problem, in the order of the page."""
    found = [*_of_the_whole(parsed, context), *problems_of_the_revision(parsed, context)]
    found += of_products(parsed, context.retired)
    spans, starts = parsed.dates(), parsed.starts()
    for step, (before, after) in zip(parsed.steps, parsed.with_steps_before(), strict=True):
        found += _of_step(step, parsed)
        if not step.typed.is_blank:
            at = step.position - 1
            found += of_pattern(step, starts[at], spans[at], parsed)
        found += of_rise(step, before, after)
    found += of_sheet_dates(parsed)
    found += problems_of_needed(parsed.as_needed, parsed.products, context.retired)
    return [*found, *_of_the_ending(parsed), *_of_the_clinic(context)]


def _of_the_whole(parsed: ParsedDraft, context: CheckContext) -> Iterator[Problem]:
    if context.is_archived:
        yield Problem("archived", "The patient's record is archived. Restore it before you sign.")
    if not parsed.products:
        yield Problem("no-product", "Add the product that the doses are made of.")
    if parsed.first_day_wrong:
        yield Problem("first-day-wrong", f"First day: {parsed.first_day_wrong}", cell="first_day")
    elif parsed.first_day is None:
        yield Problem("no-first-day", "Enter the first day of the schedule.", cell="first_day")
    elif parsed.first_day < context.today:
        yield Problem(
            "past",
            first_day_in_the_past(parsed, parsed.first_day, context.today),
            Severity.WARNING,
            cell="first_day",
        )
    elif far := Near("today", context.today, after=QUARTER).question(parsed.first_day):
        yield Problem("far", f"The first day: {far}", Severity.WARNING, cell="first_day")
    yield from of_description(context.description)
    if len(parsed.steps) > MOST_STEPS:
        sentence = f"A schedule has at most {MOST_STEPS} steps; this one has {len(parsed.steps)}. Use fewer."
        yield Problem("too-many", sentence, cell="steps-0-days")
    if parsed.runs_too_long:
        yield Problem(
            "too-long", f"The schedule would end after the year {LATEST_YEAR}. Check the days of each step."
        )
    if not parsed.steps:
        yield Problem("no-steps", "Type at least one step.", cell="steps-0-days")


def _of_step(step: ParsedStep, parsed: ParsedDraft) -> Iterator[Problem]:
    say = f"Step {step.position}"
    if step.typed.is_blank:
        yield Problem(
            "blank", f"{say} is empty. Fill it in or remove it.", step=step.position, cell=f"{step.name}-days"
        )
        return
    for key, sentence in step.wrong.items():
        where = ", ".join(filter(None, (step.day_name(key), _cell_in_words(key, parsed.products))))
        yield Problem(
            "unreadable", f"{say}, {where}: {sentence}", step=step.position, cell=f"{step.name}-{key}"
        )
    if step.days is None and "days" not in step.wrong:
        yield Problem(
            "no-days", f"{say}: enter the number of days.", step=step.position, cell=f"{step.name}-days"
        )
    for day in step.taken:
        if day.dose is None and f"{day.prefix}dose" not in step.wrong:
            typed_too = " Where nothing is taken, type a zero." if day.name else ""
            yield Problem(
                "no-dose",
                f"{step.say(day)}: enter the daily dose in mg.{typed_too}",
                step=step.position,
                cell=step.cell(day, "dose"),
            )
    yield from of_zeros(step)
    if misread := find_unsafe(step.typed.note):
        yield Problem(
            MISREAD if any(not finding.others for finding in misread) else "ambiguous",
            f"{say}, note to the patient: {' '.join(finding.sentence for finding in misread)}",
            Severity.WARNING,
            step.position,
            f"{step.name}-note",
        )
    yield from of_quantities(step, parsed.products)
    yield from of_unknown_products(step, parsed.products)
    for day in step.taken:
        if day.disagrees:
            yield Problem(
                "disagree",
                f"{step.say(day)}: the typed daily dose is {day.dose}, but the quantities add up to {day.total}."
                " Correct whichever is wrong.",
                step=step.position,
                cell=step.cell(day, "dose"),
            )


def _of_the_ending(parsed: ParsedDraft) -> Iterator[Problem]:
    if parsed.ending is None:
        yield Problem(
            "no-ending",
            "Choose how the schedule ends: stop after the last step, or stay on it until reviewed.",
            cell="ending",
        )


def _of_the_clinic(context: CheckContext) -> Iterator[Problem]:
    if not context.clinic_phone.strip():
        yield Problem(
            "no-phone",
            "The clinic has no phone number, and the paper needs one. A manager enters it in the settings.",
        )
    if not context.after_hours_phone.strip():
        yield Problem(
            "no-after-hours-phone",
            "The clinic has no after-hours phone number, and the paper needs one. A manager enters it in the settings.",
        )
    if context.gaps:
        yield Problem(
            "gaps",
            f"Not known about this patient: {'; '.join(context.gaps)}. Ask, or say why you sign without knowing.",
            Severity.WARNING,
        )


def _cell_in_words(key: str, products: dict[int, ScheduleProduct]) -> str:
    *_, time, number = ["", *key.split("-")]
    if not number.isdecimal():
        return {"days": "days", "dose": "daily dose", "note": "note"}[number]
    name = full_names(products.values()).get(int(number))
    return f"{time}, {name}" if name else time
