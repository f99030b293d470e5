"""The law that no place takes one day of a pattern for all of them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

from .law import Law, Source


def one_day_for_all(source: Source) -> Iterator[str]:
    """Where a step is asked for one of its regimens by its place: of a pattern the day says which it is."""
    for node in source.nodes:
        if (
            isinstance(node, ast.Subscript)
            and isinstance(node.value, ast.Attribute)
            and node.value.attr == "regimens"
            and isinstance(node.slice, ast.Constant | ast.UnaryOp)
        ):
            yield f"regimens[{ast.unparse(node.slice)}]"


OF_PATTERNS: Final = Law(
    says="no place takes one day of a pattern for all of its days",
    finder=one_day_for_all,
    within=("taperplanner/**/*.py",),
    broken_by=("step.regimens[0].dose", "dated.step.regimens[-1]"),
    excused={
        "taperplanner/tapers/actions/signing.py: regimens[0]": "the row of a step holds the first, rows of their own the others",
    },
)
