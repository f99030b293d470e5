"""What the browser sent of a draft, after the button that was pressed."""

from __future__ import annotations

from typing import Final

from taperplanner.accounts.http import ClinicRequest
from taperplanner.saving import without_marks

from ..draft.row_buttons import apply_row_button
from ..draft.too_many import NO_MORE, adds_beyond
from ..draft.typed import TypedDraft, from_post

CLEARED: Final = "The confirmations were cleared, because the first day changed. Confirm each step again."


def sent_draft(request: ClinicRequest, stored: TypedDraft) -> tuple[TypedDraft, str, list[str]]:
    """The draft after the button that was pressed, the cell to go on at, and what is said of marks and ticks."""
    post, said = without_marks(request.POST)
    typed = from_post(post, stored=stored)
    said += [CLEARED] if _is_cleared(request, stored, typed) else []
    # htmx sends the button that was pressed last; a save while typing acts on no row.
    button = "" if request.htmx else request.POST.get("do", "")
    if adds_beyond(button, typed):
        return typed, "#add-row", [*said, NO_MORE]
    return *apply_row_button(typed, button), said


def _is_cleared(request: ClinicRequest, stored: TypedDraft, sent: TypedDraft) -> bool:
    """Whether `from_post` cleared the confirmations of steps, stored before or ticked on the page."""
    ticked = any(name.endswith("-confirmed") for name in request.POST)
    was = ticked or any(step.confirmed for step in stored.steps)
    return was and sent.first_day != stored.first_day and not any(step.confirmed for step in sent.steps)
