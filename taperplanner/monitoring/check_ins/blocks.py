"""The checklist as it is asked: the signs of danger first and each by itself, then the groups of the list. Pure."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Final

from ..symptoms import GROUPS, SYMPTOMS, Symptom


@dataclass(frozen=True, slots=True)
class Block:
    """Symptoms that are asked one after another."""

    key: str
    title: str
    symptoms: tuple[Symptom, ...]

    @property
    def is_one_question(self) -> bool:
        """Whether one answer may be “none” to all of it. Of a block with a sign of danger it never is."""
        return not any(symptom.is_danger for symptom in self.symptoms)

    @property
    def none_of(self) -> str:
        """The name of the box that says so."""
        return f"none_of_{self.key}"


DANGER: Final = Block(
    "danger",
    "Signs of danger, each asked by itself",
    tuple(symptom for symptom in SYMPTOMS.values() if symptom.is_danger),
)
BLOCKS: Final = (
    DANGER,
    *(
        Block(group.key, group.title, tuple(symptom for symptom in group.symptoms if not symptom.is_danger))
        for group in GROUPS
    ),
)


def none_by_block(ticked: Container[str], blocks: Iterable[Block] = BLOCKS) -> list[Symptom]:
    """Those that the ticked boxes answer, unless they have an answer of their own. `ticked`: the boxes' names."""
    return [
        symptom
        for block in blocks
        if block.is_one_question and block.none_of in ticked
        for symptom in block.symptoms
    ]
