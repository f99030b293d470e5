"""Which signs of danger a check-in holds. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from .scales import SUICIDE_ITEM
from .symptoms import SYMPTOMS

PHQ9_ITEM: Final = "phq9_item_9"
DECIDED: Final = "decided"
EMERGENCY: Final = "emergency"  # the decision
_OTHERS: Final = {
    PHQ9_ITEM: "PHQ-9, item 9: thoughts of being better off dead or of self-harm",
    DECIDED: "The decision that was recorded: emergency",
}


def danger_signs(
    *, ratings: Mapping[str, int], phq9_items: Sequence[int | None], decision: str
) -> tuple[str, ...]:
    """Keys of the signs: each danger symptom rated above none, PHQ-9's item 9 above zero, the decision."""
    signs = [key for key, symptom in SYMPTOMS.items() if symptom.is_danger and ratings.get(key)]
    if len(phq9_items) >= SUICIDE_ITEM and phq9_items[SUICIDE_ITEM - 1]:
        signs.append(PHQ9_ITEM)
    if decision == EMERGENCY:
        signs.append(DECIDED)
    return tuple(signs)


def sign_in_words(sign: str) -> str:
    return _OTHERS[sign] if sign in _OTHERS else SYMPTOMS[sign].label
