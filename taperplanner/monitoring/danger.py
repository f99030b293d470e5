"""Which signs of danger a check-in holds. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from taperplanner.guidance.patient_texts import CALL_911, CALL_988

from .scales import PHQ9, is_item_9_above_zero
from .symptoms import SYMPTOMS, Severity

PHQ9_ITEM: Final = "phq9_item_9"
DECIDED: Final = "decided"
EMERGENCY: Final = "emergency"  # the decision
CRISIS: Final = frozenset(
    {key for key, symptom in SYMPTOMS.items() if symptom.call == CALL_988} | {PHQ9_ITEM}
)
_RATED: Final = frozenset(str(severity.value) for severity in Severity)  # a PHQ-9 item has as many answers
_TOTALS: Final = frozenset(str(total) for total in range(PHQ9.highest + 1))
# Besides the symptoms that are a danger, and nothing else is one.
OTHER_SIGNS: Final = {
    PHQ9_ITEM: "PHQ-9, item 9: thoughts of being better off dead or of self-harm",
    DECIDED: "The decision that was recorded: emergency",
}


def danger_signs(
    *,
    ratings: Mapping[str, int],
    phq9_items: Sequence[int | None],
    phq9_total: int | None = None,
    decision: str,
) -> tuple[str, ...]:
    """Keys of the signs: each danger symptom rated above none, PHQ-9's item 9 above zero, the decision."""
    signs = [key for key, symptom in SYMPTOMS.items() if symptom.is_danger and ratings.get(key)]
    if is_item_9_above_zero(phq9_items, phq9_total):
        signs.append(PHQ9_ITEM)
    if decision == EMERGENCY:
        signs.append(DECIDED)
    return tuple(signs)


def sign_in_words(sign: str) -> str:
    return OTHER_SIGNS[sign] if sign in OTHER_SIGNS else SYMPTOMS[sign].label


def signs_in(typed: Mapping[str, str]) -> tuple[str, ...]:
    """Of a check-in's form as it was sent, however wrong the rest of it is."""
    answers = {key: typed.get(f"symptom_{key}", "") for key in SYMPTOMS}
    items = [typed.get(name, "") for name in PHQ9.item_names()]
    total = typed.get(f"{PHQ9.key}_total", "").strip()
    return danger_signs(
        ratings={key: int(answer) for key, answer in answers.items() if answer in _RATED},
        phq9_items=[int(item) if item in _RATED else None for item in items],
        phq9_total=int(total) if total in _TOTALS else None,
        decision=typed.get("decision", ""),
    )


def answers_to(signs: Sequence[str]) -> tuple[str, ...]:
    """Slugs of the emergency texts that answer these signs, the one to read first on top.

    A decision names no sign, so both are given.
    """
    if all(sign in CRISIS for sign in signs if sign != DECIDED) and set(signs) & CRISIS:
        return (CALL_988,)
    return (CALL_911, CALL_988) if set(signs) & {*CRISIS, DECIDED} else (CALL_911,)
