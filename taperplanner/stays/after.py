"""What a provider reads before they decide that a schedule goes on as signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from taperplanner.days import in_words
from taperplanner.tapers.models import Plan, Version
from taperplanner.tapers.signed.content import verified_course
from taperplanner.tapers.wording.day_sentences import DaySentences, day_sentences

from .models import StayEnd
from .rule import whereabouts_of_one


@dataclass(frozen=True, slots=True)
class Waits:
    """`version`: in force today, or the first that will be. `today`: what it says, in figures and in words."""

    end: StayEnd
    version: Version
    today: DaySentences
    stayed: str


def waiting_for(plan: Plan, today: date) -> Waits | None:
    """None where no decision waits. `plan.patient.clinic` at hand. Raises: Tampered."""
    now = whereabouts_of_one(plan.patient)
    if not plan.is_open or now.end is None or not now.is_undecided(plan.pk, plan.versions.all()):
        return None
    course = verified_course(plan)
    if course is None:
        return None
    end = now.end
    stayed = f"In {end.stay.facility} from {in_words(end.stay.began_on)} to {in_words(end.ended_on)}"
    version = course.in_force_or_first(today).version
    return Waits(
        end, version, day_sentences(course, today, plan.drug, said=f"Today, {in_words(today)}"), stayed
    )
