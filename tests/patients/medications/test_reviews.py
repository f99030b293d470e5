from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from taperplanner.patients.medications.reviews import NEVER, ReviewState, review_state
from tests.world.universe import NOW

ZONE = ZoneInfo("America/New_York")
DAY = date(2026, 3, 2)
STALE = "That is more than 90 days ago."
CHANGED = "The list was changed since then."


def _state(
    reviewed_at: datetime | None, changed_at: datetime | None = None, today: date = DAY
) -> ReviewState:
    return review_state(
        reviewed_at=reviewed_at, reviewed_by="Sam Staff, RN", changed_at=changed_at, today=today, zone=ZONE
    )


def test_a_list_that_was_never_reviewed_says_so() -> None:
    assert _state(None).gaps == (NEVER,)
    assert _state(None, changed_at=NOW).gaps == (NEVER,)


def test_a_fresh_review_says_by_whom_and_when_and_has_no_gap() -> None:
    state = _state(NOW)

    assert state.sentence == "List reviewed with the patient by Sam Staff, RN on March 2, 2026."
    assert state.gaps == ()


@pytest.mark.parametrize(("days", "gaps"), [(90, ()), (91, (STALE,))])
def test_a_review_is_stale_after_90_days_and_not_before(days: int, gaps: tuple[str, ...]) -> None:
    assert _state(NOW, today=DAY + timedelta(days=days)).gaps == gaps


@pytest.mark.parametrize(("seconds", "gaps"), [(-1, ()), (0, ()), (1, (CHANGED,))])
def test_a_change_after_the_review_is_a_gap(seconds: int, gaps: tuple[str, ...]) -> None:
    assert _state(NOW, changed_at=NOW + timedelta(seconds=seconds)).gaps == gaps


def test_the_day_of_a_review_is_the_clinics_day() -> None:
    late = datetime(2026, 3, 3, 4, 59, tzinfo=ZoneInfo("UTC"))  # still March 2 in New York

    assert "on March 2, 2026" in _state(late).sentence
