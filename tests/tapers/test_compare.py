"""Two versions side by side, in words."""

from __future__ import annotations

from taperplanner.tapers.draft.parsed import parse_draft
from taperplanner.tapers.draft.typed import TypedDraft, TypedStep
from taperplanner.tapers.schedule.schedule import Schedule
from taperplanner.tapers.wording.compare import ChangeKind, compare

from ..world.plans import tablet


def schedule(*steps: TypedStep, first_day: str = "3/2/2026", ending: str = "stop") -> Schedule:
    read_back = parse_draft(TypedDraft(first_day, ending, steps), {1: tablet(1, "0.5")}).schedule()
    assert read_back is not None
    return read_back


def a(days: int, tablets: str, dose: str, note: str = "") -> TypedStep:
    return TypedStep(str(days), dose, note, {"bedtime-1": tablets})


def test_two_versions_are_compared_in_words() -> None:
    left = schedule(a(14, "2", "1"), a(7, "1½", "0.75"), a(7, "1", "0.5"), a(7, "½", "0.25"))
    right = schedule(a(14, "2", "1"), a(21, "1½", "0.75"), a(7, "½", "0.25", "Well done"))
    pairs = compare(left, right)
    assert [(pair.kind, pair.words) for pair in pairs] == [
        (ChangeKind.SAME, "The same."),
        (ChangeKind.CHANGED, "Changed: 7 days became 21 days."),
        (ChangeKind.REMOVED, "Removed."),
        (
            ChangeKind.CHANGED,
            "Changed: the note to the patient changed; it starts on Mon, Apr 6, 2026 instead of Mon, Mar 30, 2026.",
        ),
        (
            ChangeKind.CHANGED,
            "Changed: the last step's days end on Sun, Apr 12, 2026 instead of Sun, Apr 5, 2026.",
        ),
    ]


def test_a_changed_dose_and_an_added_step_are_said() -> None:
    left = schedule(a(14, "2", "1"), a(7, "1", "0.5"))
    right = schedule(a(14, "1½", "0.75"), a(7, "1", "0.5"), a(7, "½", "0.25"))
    words = [pair.words for pair in compare(left, right)]
    assert words[0] == "Changed: 1 mg a day became 0.75 mg a day."
    assert words[2] == "Added."


def test_what_became_of_the_ending_is_said() -> None:
    def says(left: Schedule, right: Schedule) -> str:
        return compare(left, right)[-1].words

    stops = schedule(a(14, "2", "1"))
    stays = schedule(a(7, "3", "1.5"), a(7, "2", "1"), ending="stay")
    assert says(stops, stays) == (
        "Changed: stay on the last step until reviewed instead of stop after the last step."
    )
    lower = schedule(a(14, "1", "0.5"), ending="stay")
    assert says(stays, lower) == "Changed: it stays on 0.5 mg a day instead of 1 mg a day."
    assert says(stays, schedule(a(14, "2", "1"), ending="stay")) == "The same.", "whatever its number"


def test_a_step_of_one_day_has_one_date() -> None:
    left = compare(schedule(a(1, "2", "1")), schedule(a(2, "2", "1")))[0].left
    assert left is not None
    assert left.dates == "Mon, Mar 2, 2026"


def test_a_moved_schedule_is_moved_and_not_changed() -> None:
    pairs = compare(schedule(a(14, "2", "1")), schedule(a(14, "2", "1"), first_day="3/9/2026"))
    assert pairs[0].kind is ChangeKind.MOVED
