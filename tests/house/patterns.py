"""The law that no place takes one day of a pattern for all of them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

from .law import Law, Source


def one_day_for_all(source: Source) -> Iterator[str]:
    """Where a step is asked for its one daily regimen, or for the first of its regimens."""
    for node in source.nodes:
        if isinstance(node, ast.Attribute) and node.attr == "every_day":
            yield "every_day"
        if (
            isinstance(node, ast.Subscript)
            and isinstance(node.value, ast.Attribute)
            and node.value.attr == "regimens"
            and isinstance(node.slice, ast.Constant)
        ):
            yield f"regimens[{node.slice.value}]"


OF_PATTERNS: Final = Law(
    says="no place takes one day of a pattern for all of its days",
    finder=one_day_for_all,
    within=("taperplanner/**/*.py",),
    broken_by=("step.every_day.dose", "dated.step.every_day", "step.regimens[0].dose"),
    excused={
        "taperplanner/tapers/schedule/steps.py: regimens[0]": "refuses where the step is a pattern",
        "taperplanner/tapers/actions/signing.py: regimens[0]": "the row of a step holds the first, rows of their own the others",
    },
)
