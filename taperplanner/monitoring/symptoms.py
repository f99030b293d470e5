"""The clinic's own checklist, as data: the reference document's symptoms, grouped as it groups them, and the
guideline's that it leaves out.

Worded by us, rated none to severe, and not a validated scale; every page that shows it says so. The
document's groups are withdrawal from mild to severe (its lines 25 and 29), side effects (19 to 24),
mood (26 and 39), thinking (21) and sleep (25). Body and senses, and single symptoms of the other groups, are
what `monitoring/what-to-ask.md` asks about after the guideline's Table 3.

A symptom is a danger if the paper sends the patient to 911 or 988 for it, and only then: `paper_signs` holds the
two to each other.

The meaning of a key never changes, since stored check-ins hold it: another wording is another key.
`confusion` of any degree was a danger sign until `disorientation` came, which is the kind that is one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from taperplanner.guidance.patient_texts import CALL_911, CALL_988

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
    """`call`: the text of the paper that says whom to call for it, if it is a danger."""

    key: str
    label: str
    call: str = ""

    @property
    def is_danger(self) -> bool:
        """Anything but none raises an emergency."""
        return bool(self.call)


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
            Symptom("panic", "Panic"),
            Symptom("irritability", "Irritability"),
            Symptom("tremor", "Tremor"),
            Symptom("muscle_spasms", "Muscle spasms or twitching"),
            Symptom("hallucinations", "Seeing or hearing things that are not there", CALL_911),
            Symptom("seizure", "A seizure", CALL_911),
        ),
    ),
    Group(
        "body",
        "Body",
        (
            Symptom("fall", "A fall"),
            Symptom("vomiting", "Nausea or vomiting"),
            Symptom("bowels", "Stomach cramps or diarrhea"),
            Symptom("heart", "Fast or pounding heart"),
            Symptom("sweating", "Sweating"),
            Symptom("headache", "Headache"),
            Symptom("chest_pain", "Chest pain or passing out", CALL_911),
        ),
    ),
    Group(
        "senses",
        "Senses",
        (
            Symptom("senses", "Light, sound or touch too strong, tingling, or ringing in the ears"),
            Symptom("unreal", "Feeling unreal"),
            Symptom("restless", "Cannot keep still"),
        ),
    ),
    Group(
        "side_effects",
        "Side effects",
        (
            Symptom("drowsiness", "Drowsiness"),
            Symptom("dizziness", "Dizziness or poor coordination"),
            Symptom("fatigue", "Tired or groggy the next day"),
            Symptom("slow_breathing", "Slow or shallow breathing", CALL_911),
            Symptom("cannot_be_woken", "Could not be woken up", CALL_911),
        ),
    ),
    Group(
        "mood",
        "Mood",
        (
            Symptom("low_mood", "Low mood"),
            Symptom("aggression", "Anger or aggression"),
            Symptom("mood_swings", "Swings of mood"),
            Symptom("suicidal_thoughts", "Thoughts of suicide or self-harm", CALL_988),
            Symptom("harm_others", "Thoughts of hurting somebody else", CALL_988),
        ),
    ),
    Group(
        "thinking",
        "Thinking",
        (
            Symptom("memory", "Trouble with memory"),
            Symptom("concentration", "Trouble concentrating"),
            Symptom("confusion", "Confusion"),
            Symptom("disorientation", "New confusion: not knowing the place or the day", CALL_911),
        ),
    ),
    Group(
        "sleep",
        "Sleep",
        (Symptom("insomnia", "Trouble sleeping"), Symptom("nightmares", "Nightmares")),
    ),
)
SYMPTOMS: Final[Mapping[str, Symptom]] = {
    symptom.key: symptom for group in GROUPS for symptom in group.symptoms
}
HIGHEST_TOTAL: Final = Severity.SEVERE * len(SYMPTOMS)
LISTED_AT_FIRST: Final = 18  # of check-ins from before the length was stored


@dataclass(frozen=True, slots=True)
class SymptomTotal:
    """Ratings added up, of as many symptoms as were asked about. What was not asked is not none.

    `listed`: how many the checklist had that day. One that was added later was not asked.
    """

    total: int
    asked: int
    listed: int

    def __str__(self) -> str:
        return f"{self.total}, {asked_in_words(self.asked, self.listed, self.added)}"

    @property
    def added(self) -> int:
        return len(SYMPTOMS) - self.listed


def asked_in_words(asked: int | None, listed: int | None, added: int) -> str:
    """Of how many a sum is. `added`: how many the list has gained since then."""
    return f"{asked} of {listed} asked{f' ({added} added since)' if added else ''}"


def symptom_total(ratings: Mapping[str, int], listed: int | None = len(SYMPTOMS)) -> SymptomTotal | None:
    """None if nothing was asked. `listed`: as stored with the check-in."""
    return SymptomTotal(sum(ratings.values()), len(ratings), listed or LISTED_AT_FIRST) if ratings else None
