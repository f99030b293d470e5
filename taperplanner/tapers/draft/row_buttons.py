"""What the buttons of the step table do: a row added, inserted, removed, put back, or its note respelled."""

from __future__ import annotations

import re
from typing import Final

from .typed import TypedDraft

_ON_A_ROW: Final = re.compile(r"(insert|remove|spell)-([0-9]{1,3})")


def apply_row_button(typed: TypedDraft, button: str) -> tuple[TypedDraft, str]:
    """The draft after the button, and the cell to go on at, as "#steps-2-days"; empty for any other button."""
    if button == "add":
        typed = typed.with_blank(len(typed.steps))
        return typed, f"#steps-{len(typed.steps) - 1}-days"
    if button in {"remove-needed", "put-back-needed"}:
        return typed.with_needed_removed(button == "remove-needed"), "#as-needed"
    if button == "put-back" and typed.removed:
        position = typed.removed[0]
        return typed.with_removed_back(), f"#steps-{position}-days"
    if match := _ON_A_ROW.fullmatch(button):
        act, position = match[1], int(match[2])
        if act == "spell":
            return typed.with_safe_note(position), f"#steps-{position}-note"
        typed = typed.with_blank(position) if act == "insert" else typed.without(position)
        return typed, f"#steps-{min(position, max(len(typed.steps) - 1, 0))}-days"
    return typed, ""
