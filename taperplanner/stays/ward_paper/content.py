"""The record for the next clinic or ward: strings ready to print. In English, for professionals.

It says what is taken today by what was signed, the schedule, what was really taken, and whom to call. It is no order.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Final

from taperplanner.monitoring.visit_summary.content import Identity, Table
from taperplanner.typesetting import pdf

DESCRIPTION: Final = "stays/ward_paper.typ"
TITLE: Final = "Record for the next clinic or ward"
NO_ORDER: Final = (
    "This is a record of what was signed and of what was reported. It is no order and no prescription: whoever treats"
    " the patient now decides what is given, and calls the clinic with any question."
)
NOT_AN_ORDER: Final = "Record, no order."
NO_PLAN: Final = "No plan is open here, so this clinic has signed nothing that holds today."
SUDDENLY: Final = "Stopping {drug} suddenly can cause seizures."
NO_DOCUMENT: Final = (
    "Taper Planner has no reference document for {drug}. Ask the clinic before it is changed or left out."
)
ALTERED: Final = (
    "What is stored of this plan is not what was signed, so nothing of it is shown. Call the clinic before anything is"
    " given or left out."
)


@dataclass(frozen=True, slots=True)
class Call:
    who: str
    number: str


@dataclass(frozen=True, slots=True)
class Warned:
    """What the sources say, and which. `source`: empty where a sentence of our own stands."""

    title: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class OfPlan:
    """`today`: what is taken today, in figures and in words; `times`: at each time of day. `next`: from which day on
    something else. `altered`: in place of everything else, where what is stored is not what was signed.

    `last_title`, `last`: of the newest check-in, when it was; then, by part, what was said in pairs. `tables`: empty where
    nothing is signed.
    """

    number: int
    title: str
    signed: tuple[str, ...] = ()
    today: str = ""
    times: tuple[str, ...] = ()
    next: str = ""
    altered: str = ""
    last_title: str = ""
    last: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class WardPaper:
    """`suddenly`: of each drug, that it is not stopped suddenly. `since`: where the patient is, or that a provider has not
    decided yet; empty where neither is so."""

    identity: Identity
    clinic: str
    address: str
    calls: tuple[Call, ...]
    suddenly: tuple[str, ...]
    since: tuple[str, ...]
    plans: tuple[OfPlan, ...]
    warnings: tuple[Warned, ...]
    tables: tuple[Table, ...]
    open_questions: tuple[str, ...]
    printed: str
    printed_by: str
    made_by: str
    paper: str
    title: str = TITLE
    no_order: str = NO_ORDER
    not_an_order: str = NOT_AN_ORDER
    no_plan: str = NO_PLAN


def typeset(paper: WardPaper) -> bytes:
    """Raises: CannotTypeset, DoesNotFit, TooManyPapers."""
    return pdf(DESCRIPTION, asdict(paper))
