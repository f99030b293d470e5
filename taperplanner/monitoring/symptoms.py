"""The clinic's own checklist, as data: the reference document's symptoms, grouped as it groups them.

Worded by us, rated none to severe, and not a validated scale; every page that shows it says so. The
document's groups are withdrawal from mild to severe (its lines 25 and 29), side effects (19 to 24),
mood (26 and 39), thinking (21) and sleep (25). What it leaves out and the guideline's Table 3 names,
thoughts of suicide and hallucinations, is in the group it belongs to.

The meaning of a key never changes, since stored check-ins hold it: another wording is another key.
`confusion` of any degree was a danger sign until `disorientation` came, which is the kind that is one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

NOT_VALIDATED: Final = "The clinic’s own checklist, not a validated scale"


class Severity(IntEnum):
    NONE = 0
    MILD = 1
    MODERATE = 2
    SEVERE = 3

    @property
    def label(self) -> str:
        return self.name.capitalize()


@dataclass(frozen=True, slots=True)
class Symptom:
    """`is_danger`: anything but none raises an emergency."""

    key: str
    label: str
    is_danger: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    key: str
    title: str
    symptoms: tuple[Symptom, ...]


GROUPS: Final = (
    Group(
        "withdrawal",
        "Withdrawal, mild to severe",
        (
            Symptom("anxiety", "Anxiety"),
            Symptom("irritability", "Irritability"),
            Symptom("tremor", "Tremor"),
            Symptom("muscle_spasms", "Muscle spasms or twitching"),
            Symptom("hallucinations", "Seeing or hearing things that are not there", is_danger=True),
            Symptom("seizure", "A seizure", is_danger=True),
        ),
    ),
    Group(
        "side_effects",
        "Side effects",
        (
            Symptom("drowsiness", "Drowsiness"),
            Symptom("dizziness", "Dizziness or poor coordination"),
            Symptom("fatigue", "Tired or groggy the next day"),
            Symptom("slow_breathing", "Slow or shallow breathing", is_danger=True),
        ),
    ),
    Group(
        "mood",
        "Mood",
        (
            Symptom("low_mood", "Low mood"),
            Symptom("aggression", "Anger or aggression"),
            Symptom("mood_swings", "Swings of mood"),
            Symptom("suicidal_thoughts", "Thoughts of suicide or self-harm", is_danger=True),
        ),
    ),
    Group(
        "thinking",
        "Thinking",
        (
            Symptom("memory", "Trouble with memory"),
            Symptom("concentration", "Trouble concentrating"),
            Symptom("confusion", "Confusion"),
            Symptom("disorientation", "New confusion: not knowing the place or the day", is_danger=True),
        ),
    ),
    Group("sleep", "Sleep", (Symptom("insomnia", "Trouble sleeping"),)),
)
SYMPTOMS: Final[Mapping[str, Symptom]] = {
    symptom.key: symptom for group in GROUPS for symptom in group.symptoms
}
HIGHEST_TOTAL: Final = Severity.SEVERE * len(SYMPTOMS)
LISTED_AT_FIRST: Final = 18  # of check-ins from before the length was stored


@dataclass(frozen=True, slots=True)
class SymptomTotal:
    """Ratings added up, of as many symptoms as were asked about. What was not asked is not none."""

    total: int
    asked: int
    listed: int

    def __str__(self) -> str:
        return f"{self.total}, {self.asked} of {self.listed} asked"


def symptom_total(ratings: Mapping[str, int], listed: int | None = len(SYMPTOMS)) -> SymptomTotal | None:
    """None if nothing was asked. `listed`: as stored with the check-in."""
    return SymptomTotal(sum(ratings.values()), len(ratings), listed or LISTED_AT_FIRST) if ratings else None
