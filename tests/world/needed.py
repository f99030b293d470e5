"""A dose as needed, as a provider types it, for the plan of `open_plan`."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from taperplanner.tapers.draft.needed_typed import TypedNeeded
from taperplanner.tapers.draft.typed import TypedDraft
from taperplanner.tapers.models import Plan, Version

from .plans import HALF_MG, open_plan, sign_plan, typed_schedule
from .universe import House

WHEN: Final = "For a panic attack, after ten minutes of slow breathing"
NEEDED: Final = TypedNeeded(product=str(HALF_MG), quantity="½", dose="0.25", times="2", when=WHEN)
POSTED: Final = {f"needed-{name}": text for name, text in NEEDED.texts.items()}
REASONS: Final = {"needed-irregular": "She knows when to use it, and brings it up at each visit."}


def with_needed(draft: TypedDraft | None = None, needed: TypedNeeded = NEEDED) -> TypedDraft:
    return replace(draft or typed_schedule(), as_needed=needed)


def signed_with_needed(house: House, plan: Plan | None = None) -> Version:
    """The published schedule, and beside it a rescue dose of half a 0.5 mg tablet, at most twice on one day."""
    return sign_plan(plan or open_plan(house), house, with_needed(), reasons=REASONS)
