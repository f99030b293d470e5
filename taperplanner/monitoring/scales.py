"""Scores of published scales. PHQ-9 and GAD-7 are free to use, so their items are here; the texts of
CIWA-B and BWSQ are not, so only a total is stored. Each of the two forms ends with an optional question, how
difficult the problems made things; it adds nothing to the total, and is not asked here.

CIWA-B has 22 items, BWSQ 20 (abstracts only: J Clin Psychopharmacol 1989;9:412; doi 10.1016/0165-0327(90)90009-W).
How high the total of either can be was found in no source that could be opened.

Source: Kroenke, Spitzer and Williams, J Gen Intern Med 2001;16:606 (PHQ-9); Spitzer and others, Arch
Intern Med 2006;166:1092 (GAD-7). Pfizer opened both for use without permission.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

ANSWERS: Final = ("Not at all", "Several days", "More than half the days", "Nearly every day")
HIGHEST_ANSWER: Final = len(ANSWERS) - 1


@dataclass(frozen=True, slots=True)
class Scale:
    """`items` is empty if only the total is stored. `stem`: the question they are asked under.

    `is_range_sourced`: whether a source that was opened says how high the total can be.
    """

    key: str
    name: str
    highest: int
    stem: str = ""
    items: tuple[str, ...] = ()
    is_range_sourced: bool = True

    def item_names(self) -> list[str]:
        return [f"{self.key}_{number}" for number in range(1, len(self.items) + 1)]


PHQ9: Final = Scale(
    "phq9",
    "PHQ-9",
    27,
    "Over the last 2 weeks, how often have you been bothered by any of the following problems?",
    (
        "Little interest or pleasure in doing things",
        "Feeling down, depressed, or hopeless",
        "Trouble falling or staying asleep, or sleeping too much",
        "Feeling tired or having little energy",
        "Poor appetite or overeating",
        "Feeling bad about yourself, or that you are a failure or have let yourself or your family down",
        "Trouble concentrating on things, such as reading the newspaper or watching television",
        (
            "Moving or speaking so slowly that other people could have noticed? Or the opposite, being so fidgety"
            " or restless that you have been moving around a lot more than usual"
        ),
        "Thoughts that you would be better off dead or of hurting yourself in some way",
    ),
)
GAD7: Final = Scale(
    "gad7",
    "GAD-7",
    21,
    "Over the last 2 weeks, how often have you been bothered by the following problems?",
    (
        "Feeling nervous, anxious, or on edge",
        "Not being able to stop or control worrying",
        "Worrying too much about different things",
        "Trouble relaxing",
        "Being so restless that it is hard to sit still",
        "Becoming easily annoyed or irritable",
        "Feeling afraid as if something awful might happen",
    ),
)
CIWA_B: Final = Scale("ciwa_b", "CIWA-B", 80, is_range_sourced=False)
BWSQ: Final = Scale("bwsq", "BWSQ", 40, is_range_sourced=False)
SCALES: Final = (PHQ9, GAD7, CIWA_B, BWSQ)
NOT_ASKED_HERE: Final = (
    "The form’s optional last question, how difficult these problems have made things, is not asked here. It adds"
    " nothing to the total."
)
SUICIDE_ITEM: Final = 9  # of the PHQ-9
ITEM_9_NOT_ASKED: Final = "item 9 was not asked"


class NotThatTotal(ValueError):
    """The total and the items cannot both be right; the message says so."""


@dataclass(frozen=True, slots=True)
class Score:
    """Shape of `items`: one answer for each item, None where it was not asked; or nothing at all."""

    items: tuple[int | None, ...] = ()
    total: int | None = None


NOT_SCORED: Final = Score()


def score_of(scale: Scale, items: Sequence[int | None], total: int | None) -> Score:
    """Add the items up if all were answered. A typed total is taken if the items allow it.

    Raises: NotThatTotal.
    """
    answered = [item for item in items if item is not None]
    if not answered:
        return Score(total=total)
    lowest = sum(answered)
    highest = lowest + HIGHEST_ANSWER * (len(items) - len(answered))
    if total is not None and not lowest <= total <= highest:
        can_be = f"{lowest}" if lowest == highest else f"from {lowest} to {highest}"
        raise NotThatTotal(f"The answers add up to {can_be}, not {total}. Check the answers, or the total.")
    if total is None and len(answered) == len(items):
        total = lowest
    return Score(tuple(items), total)


def hides_item_9(items: Sequence[int | None], total: int | None) -> bool:
    """Whether something of the PHQ-9 is known, and not what was said to item 9."""
    return bool(items or total is not None) and _item_9(items) is None


def is_item_9_above_zero(items: Sequence[int | None], total: int | None) -> bool:
    """As it was answered; or because no total so high comes of the other eight."""
    answer = _item_9(items)
    if answer is not None or total is None:
        return bool(answer)
    others = [*items, *[None] * SUICIDE_ITEM][: SUICIDE_ITEM - 1]
    return total > sum(HIGHEST_ANSWER if item is None else item for item in others)


def _item_9(items: Sequence[int | None]) -> int | None:
    return items[SUICIDE_ITEM - 1] if len(items) >= SUICIDE_ITEM else None
