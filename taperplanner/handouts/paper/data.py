"""A handout in the layout that was chosen, as the data that its page description prints."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final

from taperplanner.tapers.schedule.schedule import Schedule

from .card import card_of
from .content import Handout
from .day_by_day import days_of, diary_days, months_of
from .earlier import Earlier
from .labels import diary_labels
from .language import Translator
from .layouts import Choice, Layout
from .pharmacy import summary_of
from .remaining import Remaining, remaining
from .texts import calls_for_help

NOT_FOR_A_FILL: Final = "This is not a prescription."

PaperData = dict[str, Any]


def paper_data(
    paper: Handout, schedule: Schedule, choice: Choice, *, sheet: str, earlier: Earlier | None = None
) -> PaperData:
    """`earlier`: what holds on the day of the print, where this schedule waits. Raises: CannotLayOut."""
    return {
        **asdict(paper),
        "printed_on": paper.printed_on.isoformat(),
        "layout": choice.laid_out_as.value,
        "size": choice.size.value,
        "sheet": sheet,
        "is_wide": choice.is_wide,
        "foot": paper.labels["foot"],
        **_of_layout(paper, remaining(schedule, paper.printed_on), choice, earlier),
    }


def _of_layout(paper: Handout, left: Remaining, choice: Choice, earlier: Earlier | None) -> PaperData:
    """What only this layout prints."""
    t = Translator(choice.language)
    match choice.laid_out_as:
        case Layout.SCHEDULE:
            return {}
        case Layout.CALENDAR:
            return {"months": [asdict(month) for month in months_of(left, paper.drug_name, t)]}
        case Layout.CHECKLIST:
            return {"days": [asdict(day) for day in days_of(left, paper.drug_name, t)]}
        case Layout.WALLET:
            card = card_of(left.schedule, paper.printed_on, paper.drug_name, t, earlier)
            return {"card": asdict(card)}
        case Layout.DIARY:
            calls = calls_for_help(paper.texts)
            return {"diary": {"labels": diary_labels(t), "days": diary_days(left, t), "calls": calls}}
        case Layout.PHARMACY:
            summary = summary_of(left, choice.fill_days or 0, earlier)
            return {"pharmacy": asdict(summary), "foot": NOT_FOR_A_FILL}
