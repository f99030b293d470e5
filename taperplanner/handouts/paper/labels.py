"""The words that stand on every paper, whatever the schedule says."""

from __future__ import annotations

from typing import Final

from taperplanner.guidance.patient_texts import Language
from taperplanner.tapers.schedule.steps import TimeOfDay

from .language import Translator

TIMES: Final = {
    TimeOfDay.MORNING: "Morning",
    TimeOfDay.NOON: "Noon",
    TimeOfDay.EVENING: "Evening",
    TimeOfDay.BEDTIME: "Bedtime",
}


def time_name(time: TimeOfDay, t: Translator) -> str:
    return t.listed(TIMES[time])


def labels_of(t: Translator, *, is_born_in: bool = False) -> dict[str, str]:
    """By the names that pages and page descriptions use. `is_born_in`: a year, of which no more is known."""
    return {
        **{time.value: time_name(time, t) for time in TimeOfDay},
        "for": t("For"),
        "from": t("From"),
        "born": t("born in") if is_born_in else t("born"),
        "mrn": t("MRN"),
        "clinic": t("Clinic"),
        "clinic_phone": t("Clinic phone"),
        "after_hours": t("After hours"),
        "helper": t("Who helps you"),
        "when": t("When"),
        "of": t("of"),
        "and": t("and"),
        "none": t("none"),
        "note": _note(t),
        "day": t("Day"),
        "take": t("What to take"),
        "taken": t("Taken"),
        "key_line": t(
            "Do not stop this medicine suddenly. Do one step at a time. When a new step starts, the old step"
            " is over."
        ),
        "foot": t("Do not stop suddenly. Emergency: call 911."),
        "page": t("Page"),
        "pages": t("of"),
        "start_here": t("Start here"),
        "is_current": t("Is this paper still right? Scan this, or type the address:"),
        "code": t("Code"),
    }


def diary_labels(t: Translator) -> dict[str, str]:
    return {
        "title": t("My symptom diary"),
        "how": t(
            "Write a number at the end of each day: 0 none, 1 a little, 2 some, 3 a lot. Bring this paper to your"
            " next visit."
        ),
        "not_a_scale": t("This is not a test. Your numbers help you and your clinic to talk."),
        "taken": t("Took my doses"),
        "sleep": t("Bad sleep"),
        "worry": t("Worry"),
        "shaking": t("Shaking"),
        "cramps": t("Cramps or twitching"),
        "irritable": t("Irritable"),
        "else": t("What else I noticed"),
    }


def _note(t: Translator) -> str:
    """A provider writes in English; what they wrote is never translated."""
    if t.language is Language.ENGLISH:
        return t("Note from your clinic:")
    return t("Note from your clinic, written in English:")
