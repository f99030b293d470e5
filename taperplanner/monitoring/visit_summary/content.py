"""The visit summary: what a provider takes to a case review or sends to the patient's psychiatrist.

Strings ready to print, and the chart of the page. It lists what was recorded; it advises nothing,
and says so.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Final

from taperplanner.typesetting import pdf

from ..chart.page import Chart, svg

DESCRIPTION: Final = "monitoring/visit_summary.typ"
NOT_AN_ORDER: Final = "Record, not an order."
# As the patient's overview says it beside the plan.
AS_WRITTEN: Final = "The plan says what is taken now. The directions in the list of what they take are as they were written down."
NOTHING_TO_DRAW: Final = "There is nothing to draw yet: no signed plan, and no check-in."


@dataclass(frozen=True, slots=True)
class Identity:
    """Who it is about; printed on every page."""

    name: str
    date_of_birth: str
    mrn: str
    allergies: str


@dataclass(frozen=True, slots=True)
class Clinic:
    name: str
    address: str
    phone: str


@dataclass(frozen=True, slots=True)
class PlanBlock:
    """`signed`: "Version 3, signed by Ada Alvarez, MD, on March 2, 2026". `today`: the page's line for today."""

    title: str
    signed: str
    today: str


@dataclass(frozen=True, slots=True)
class Table:
    """`empty`: the sentence shown if there are no rows. `caveat`: what must be read with the rows.

    Shape: each row has a cell for each column.

    `narrow`: how many columns, from the first, are no wider than their words.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str
    narrow: int
    caveat: str = ""

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            message = f"A row of “{self.title}” does not have {len(self.columns)} cells."
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class VisitSummary:
    """`tables`: in the order they are printed: see the functions below. `printed`: "November 25, 2026, 9:05 AM".

    `band` and `band_source`: what is true of every schedule of the drug, and where that comes from. `paper`: the clinic's paper size, "letter" or "a4".
    """

    identity: Identity
    clinic: Clinic
    plan: PlanBlock
    tables: tuple[Table, ...]
    open_questions: tuple[str, ...]
    printed: str
    printed_by: str
    made_by: str
    paper: str
    band: str = ""
    band_source: str = ""


def steps(rows: tuple[tuple[str, str, str, str], ...]) -> Table:
    """Step, days, daily dose, and what is taken at each time of day."""
    columns = ("Step", "Days", "Daily dose", "As signed")
    return Table("The signed steps", columns, rows, "No schedule is signed.", narrow=3)


def check_ins(rows: tuple[tuple[str, str, str, str, str], ...]) -> Table:
    columns = (
        "Check-in",
        "Decision",
        "Moderate or severe symptoms, any sign of danger",
        "Scores",
        "Taken, missed, left, and notes",
    )
    return Table("Check-ins", columns, rows, "No check-in is recorded.", narrow=1)


def reviews(rows: tuple[tuple[str, str, str], ...], said: str) -> Table:
    """`said`: when the next one is due, and when the last one was."""
    columns = ("Considered", "The latest record", "By whom, and note")
    return Table("Done at reviews", columns, rows, "Nothing is recorded.", narrow=0, caveat=said)


def emergencies(rows: tuple[tuple[str, str, str], ...]) -> Table:
    columns = ("Date", "What happened", "What was done")
    return Table("Emergencies", columns, rows, "No emergency is recorded.", narrow=1)


def medications(rows: tuple[tuple[str, str, str], ...]) -> Table:
    columns = ("Medicine or substance", "How it is taken", "Recorded")
    return Table(
        "Everything the patient takes", columns, rows, "Nothing is on the list.", narrow=0, caveat=AS_WRITTEN
    )


def typeset(summary: VisitSummary, chart: Chart) -> bytes:
    """Raises: CannotTypeset."""
    return pdf(DESCRIPTION, printable(summary, chart))


def printable(summary: VisitSummary, chart: Chart) -> dict[str, object]:
    """What visit_summary.typ takes: nothing but strings, and lists of them."""
    drawn = {
        "title": chart.title,
        "alt": f"{chart.title}. {chart.description}",
        "svg": "" if chart.is_empty else svg(chart),
        "empty": NOTHING_TO_DRAW,
        "cautions": list(chart.cautions),
        "medicines_title": chart.medicines_title,
        "medicines": list(chart.medicines),
    }
    return {**asdict(summary), "not_an_order": NOT_AN_ORDER, "chart": drawn}
