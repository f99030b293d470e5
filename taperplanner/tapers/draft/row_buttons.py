"""What the buttons of the step table do: a row added, inserted, removed, put back, its note respelled, or given a pattern."""

from __future__ import annotations

import re
from typing import Final

from ..schedule.steps import WEEK
from .typed import TypedDraft

_ON_A_ROW: Final = re.compile(r"(insert|remove|spell)-([0-9]{1,3})")
_ON_A_PATTERN: Final = re.compile(r"(pattern-([2-7])|weekdays|alike|repeat)-([0-9]{1,3})")


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
        return _with_row(typed, match[1], int(match[2]))
    if match := _ON_A_PATTERN.fullmatch(button):
        return _with_pattern(typed, match[1], int(match[2] or WEEK), int(match[3]))
    return typed, ""


def _with_row(typed: TypedDraft, act: str, position: int) -> tuple[TypedDraft, str]:
    if act == "spell":
        return typed.with_safe_note(position), f"#steps-{position}-note"
    typed = typed.with_blank(position) if act == "insert" else typed.without(position)
    return typed, f"#steps-{min(position, max(len(typed.steps) - 1, 0))}-days"


def _with_pattern(typed: TypedDraft, act: str, length: int, position: int) -> tuple[TypedDraft, str]:
    if act == "alike":
        return typed.with_pattern(position, lambda pattern: pattern.put_away()), f"#steps-{position}-dose"
    if act == "repeat":
        typed = typed.with_pattern(position, lambda pattern: pattern.put_back())
    else:
        by_weekday = act == "weekdays"
        typed = typed.with_pattern(position, lambda pattern: pattern.of_length(length, by_weekday=by_weekday))
    return typed, f"#steps-{position}-day2-dose"
