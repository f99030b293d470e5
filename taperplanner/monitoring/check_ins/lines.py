"""A check-in as the lines of a page: what was asked and answered, and what was not asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from taperplanner.days import in_words, short_span
from taperplanner.patients.models import Answer
from taperplanner.tapers.models import Plan
from taperplanner.tapers.schedule.schedule import short_names

from ..in_error.about import error_in_words
from ..models import CheckIn, Decision
from ..scales import (
    ANSWERS,
    BWSQ,
    CIWA_B,
    GAD7,
    ITEM_9_NOT_ASKED,
    PHQ9,
    SCALES,
    SUICIDE_ITEM,
    Scale,
    hides_item_9,
)
from ..symptoms import GROUPS, NOT_VALIDATED, Severity, symptom_total
from .as_needed import needed_pairs, taken_in_words
from .new_medicines import NamedMedicine, medicines_named

Pair = tuple[str, str]
NOTE: Final = "Note"


@dataclass(frozen=True, slots=True)
class Part:
    title: str
    pairs: tuple[Pair, ...]
    hint: str = ""


@dataclass(frozen=True, slots=True)
class CheckInLine:
    """One check-in in a list."""

    number: int
    day: str
    contact: str
    by: str
    facts: tuple[str, ...]
    corrected_by: int | None
    corrects: int | None
    is_emergency: bool
    in_error: str
    named: tuple[NamedMedicine, ...]
    from_paper: str


def check_in_parts(check_in: CheckIn) -> list[Part]:
    """Three queries. A part in which nothing was asked is not among them."""
    parts = (
        Part("Symptoms", tuple(_ratings(check_in)), NOT_VALIDATED),
        Part("Scores", tuple(_scores(check_in))),
        Part("Blood pressure and pulse", tuple(_vitals(check_in))),
        Part("What was really taken, as the patient said", tuple(_taken(check_in))),
        Part("Since the last contact", tuple(_since(check_in))),
        Part("Decision", tuple(_decision(check_in))),
    )
    return [part for part in parts if part.pairs]


def last_said(plan: Plan) -> tuple[CheckIn, list[Part]] | None:
    """The newest check-in of the plan with its lines; None where there is none yet."""
    last = plan.check_ins.valid().newest_first().first()
    return (last, check_in_parts(last)) if last else None


def recorded_pairs(check_in: CheckIn) -> list[Pair]:
    """What was really taken, missed and left, and every note: what a summary must not leave out."""
    notes = (pair for pair in _decision(check_in) if pair[0] == NOTE)
    return [*_taken(check_in), *_since(check_in), *notes]


def check_in_line(check_in: CheckIn, from_paper: str = "") -> CheckInLine:
    """`from_paper`: of which down-time form it is.

    `plan`, `ratings` and `raised_earlier` fetched before; `correction`, `corrects`, `emergency` and `error` selected."""
    correction, corrects = getattr(check_in, "correction", None), check_in.corrects
    return CheckInLine(
        number=check_in.number,
        day=in_words(check_in.happened_on),
        contact=check_in.get_contact_display(),
        by=check_in.recorded_by_name,
        facts=tuple(_facts(check_in)),
        corrected_by=correction.number if correction else None,
        corrects=corrects.number if corrects else None,
        is_emergency=hasattr(check_in, "emergency") or bool(check_in.raised_earlier.all()),
        in_error=error_in_words(check_in),
        named=medicines_named(check_in.new_medicines_note, check_in.plan.drug),
        from_paper=from_paper,
    )


def _facts(check_in: CheckIn) -> Iterator[str]:
    rated = {rating.symptom: rating.severity for rating in check_in.ratings.all()}
    if symptoms := symptom_total(rated, check_in.symptoms_listed):
        yield f"symptoms {symptoms}"
    yield from scores_in_words(check_in)
    if said := taken_in_words(check_in):
        yield f"as needed {said}"
    if check_in.decision:
        yield f"decision: {Decision(check_in.decision).label.lower()}"


def _ratings(check_in: CheckIn) -> Iterator[Pair]:
    rated = {rating.symptom: rating.severity for rating in check_in.ratings.all()}
    if not rated:
        return
    yield "Total", str(symptom_total(rated, check_in.symptoms_listed))
    for group in GROUPS:
        asked = [symptom for symptom in group.symptoms if symptom.key in rated]
        said = "; ".join(f"{one.label}: {Severity(rated[one.key]).label.lower()}" for one in asked)
        others = ", ".join(one.label for one in group.symptoms if one.key not in rated)
        yield group.title, f"{said}\nNot asked: {others}" if said and others else said or "not asked"


def scores_in_words(check_in: CheckIn) -> Iterator[str]:
    """Each total by its scale's name. A total of the PHQ-9 does not show what was said to item 9."""
    for scale in SCALES:
        total = _total(check_in, scale)
        if total is not None:
            yield f"{scale.name} {total}{f' ({ITEM_9_NOT_ASKED})' if _hides_item_9(check_in, scale) else ''}"


def _hides_item_9(check_in: CheckIn, scale: Scale) -> bool:
    return scale is PHQ9 and hides_item_9(check_in.phq9_items, check_in.phq9_total)


def _scores(check_in: CheckIn) -> Iterator[Pair]:
    for scale in SCALES:
        total = _total(check_in, scale)
        items = getattr(check_in, f"{scale.key}_items", [])
        if total is not None:
            yield scale.name, f"{total} of {scale.highest}"
        elif items:
            asked = sum(item is not None for item in items)
            yield scale.name, f"{asked} of {len(items)} items asked, so there is no total"
        for text, item in zip(scale.items, items, strict=False):
            if item is not None:
                yield f"{scale.name}: {text}", f"{ANSWERS[item]} ({item})"
        if _hides_item_9(check_in, scale):
            yield f"{scale.name}: {scale.items[SUICIDE_ITEM - 1]}", ITEM_9_NOT_ASKED.capitalize()


def _vitals(check_in: CheckIn) -> Iterator[Pair]:
    if check_in.systolic is not None:
        yield "Blood pressure", f"{check_in.systolic} over {check_in.diastolic} mmHg"
    if check_in.pulse is not None:
        yield "Pulse", f"{check_in.pulse} a minute"


def _taken(check_in: CheckIn) -> Iterator[Pair]:
    yield from _runs(check_in)
    yield from needed_pairs(check_in)
    if check_in.missed_or_extra:
        yield "Missed or extra doses", check_in.missed_or_extra
    if at_home := check_in.left.select_related("product"):
        names = check_in.plan.products.full_names()
        for left in at_home:
            yield (
                f"Left at home: {names[left.product.number]}",
                left.product.as_data().amount_and_ml(left.quantity),
            )


def _runs(check_in: CheckIn) -> Iterator[Pair]:
    """The daily dose, then the quantities that add up to it; a run reported in mg has only the dose."""
    runs = check_in.runs.order_by("first_day").prefetch_related("quantities__product")
    names = short_names(product.as_data() for product in check_in.plan.products.all()) if runs else {}
    for run in runs:
        quantities = sorted(run.quantities.all(), key=lambda one: one.product.number)
        taken = [
            f"{one.product.as_data().amount(one.quantity)} of {names[one.product.number]}"
            for one in quantities
            if one.quantity
        ]
        daily = f"{run.dose} a day"
        yield short_span(run.first_day, run.last_day), f"{daily}: {' and '.join(taken)}" if taken else daily


def _since(check_in: CheckIn) -> Iterator[Pair]:
    for name, label in (
        ("alcohol", "Alcohol"),
        ("opioids", "Opioids"),
        ("substances", "Other substances"),
        ("new_medicines", "New or changed medicines"),
    ):
        answer, note = getattr(check_in, name), getattr(check_in, f"{name}_note")
        if answer:
            yield label, f"{Answer(answer).label}: {note}" if note else Answer(answer).label


def _decision(check_in: CheckIn) -> Iterator[Pair]:
    if check_in.decision:
        yield "Decision", Decision(check_in.decision).label
    if check_in.decision_note:
        yield NOTE, check_in.decision_note


def _total(check_in: CheckIn, scale: Scale) -> int | None:
    totals = {
        PHQ9.key: check_in.phq9_total,
        GAD7.key: check_in.gad7_total,
        CIWA_B.key: check_in.ciwa_b_total,
        BWSQ.key: check_in.bwsq_total,
    }
    return totals[scale.key]
