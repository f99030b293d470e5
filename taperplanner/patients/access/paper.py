"""The report as a file to hand to the patient who asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.formats import date_format

from taperplanner.accounts.models import Clinic, User
from taperplanner.releases import MADE_BY
from taperplanner.typesetting import pdf

from ..models import Patient
from .report import MOST_LINES, Report

DESCRIPTION: Final = "patients/access_report.typ"
FILE_NAME: Final = "who-looked.pdf"
NOTHING: Final = "Nothing is recorded on these days."
MORE: Final = (
    f"The newest {MOST_LINES:,} lines of these days stand here, and there are older ones. Ask for fewer days to see"
    " those."
)
WHAT_IT_IS: Final = (
    "Each line is one thing that was done with this record in Taper Planner: a page or a file that was opened, something"
    " that was written, or something that was refused. Lists that showed this patient among others are in it. What was"
    " read on paper, or told to somebody, is not."
)
OF_TYPING: Final = "Typing in a draft is one line for as long as somebody goes on typing."
WHY_IT_SAYS: Final = "“Why” is the reason that the person typed. Where none is asked for, it is what the person is at the clinic today."


@dataclass(frozen=True, slots=True)
class Whose:
    """`name` and `born` are empty on what a manager prints, who sees no patients."""

    mrn: str
    name: str = ""
    born: str = ""


def whose(patient: Patient) -> Whose:
    return Whose(patient.mrn, patient.full_name, patient.birth.in_words)


def typeset(report: Report, of: Whose, clinic: Clinic, *, by: User, at: datetime) -> bytes:
    """Raises: CannotTypeset."""
    return pdf(DESCRIPTION, printable(report, of, clinic, by=by, at=at))


def printable(report: Report, of: Whose, clinic: Clinic, *, by: User, at: datetime) -> dict[str, object]:
    """What access_report.typ takes: nothing but strings, and lists of them."""
    return {
        "whose": {"mrn": of.mrn, "name": of.name, "born": of.born},
        "clinic": {"name": clinic.name, "address": clinic.address, "phone": clinic.phone or "not recorded"},
        "period": f"{report.period.in_words}, newest first. Times are those of {clinic.time_zone}.",
        "says": [WHAT_IT_IS, OF_TYPING, WHY_IT_SAYS],
        "lines": [[line.when, line.who, line.what, line.why] for line in report.lines],
        "empty": NOTHING,
        "more": MORE if report.older else "",
        "printed": date_format(at.astimezone(clinic.zone), "F j, Y, g:i A"),
        "printed_by": by.full_title,
        "made_by": MADE_BY,
        "paper": clinic.paper_size,
    }
