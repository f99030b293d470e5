"""The words that stand on every paper, whatever the schedule says."""

from __future__ import annotations

from typing import Final

from taperplanner.guidance.patient_texts import Language
from taperplanner.tapers.schedule import TimeOfDay

from .language import Say

TIMES: Final = {
    TimeOfDay.MORNING: "Morning",
    TimeOfDay.NOON: "Noon",
    TimeOfDay.EVENING: "Evening",
    TimeOfDay.BEDTIME: "Bedtime",
}


def time_name(time: TimeOfDay, say: Say) -> str:
    return say.one_of(TIMES[time])


def labels_of(say: Say) -> dict[str, str]:
    """By the names that pages and page descriptions use."""
    return {
        **{time.value: time_name(time, say) for time in TimeOfDay},
        "for": say("For"),
        "from": say("From"),
        "born": say("born"),
        "mrn": say("MRN"),
        "clinic": say("Clinic"),
        "clinic_phone": say("Clinic phone"),
        "after_hours": say("After hours"),
        "when": say("When"),
        "of": say("of"),
        "and": say("and"),
        "none": say("none"),
        "note": _note(say),
        "day": say("Day"),
        "take": say("What to take"),
        "taken": say("Taken"),
        "key_line": say(
            "Do not stop this medicine suddenly. Do one step at a time. When a new step starts, the old step"
            " is over."
        ),
        "foot": say("Do not stop suddenly. Emergency: call 911."),
        "page": say("Page"),
        "pages": say("of"),
        "start_here": say("Start here"),
        "is_current": say("Is this paper still right? Scan this, or type the address:"),
        "code": say("Code"),
    }


def diary_labels(say: Say) -> dict[str, str]:
    return {
        "title": say("My symptom diary"),
        "how": say(
            "Write a number at the end of each day: 0 none, 1 a little, 2 some, 3 a lot. Bring this paper to your"
            " next visit."
        ),
        "not_a_scale": say("This is not a test. Your numbers help you and your clinic to talk."),
        "taken": say("Took my doses"),
        "sleep": say("Bad sleep"),
        "worry": say("Worry"),
        "shaking": say("Shaking"),
        "pain": say("Pain"),
        "else": say("What else I noticed"),
        "call": say(
            "A seizure, trouble breathing, great confusion, or seeing things that are not there: call 911. Thoughts"
            " of suicide: call or text 988."
        ),
    }


def _note(say: Say) -> str:
    """A provider writes in English; what they wrote is never translated."""
    if say.language is Language.ENGLISH:
        return say("Note from your clinic:")
    return say("Note from your clinic, written in English:")
