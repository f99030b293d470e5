"""A table of texts as a CSV file that a spreadsheet opens without running anything."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

from django.http import HttpResponse

from .releases import THIS_RELEASE

# What a spreadsheet would take for a formula, or for the end of a cell.
_STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def as_csv(table: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([harmless(cell) for cell in row] for row in table)
    return out.getvalue()


def harmless(cell: str) -> str:
    """With an apostrophe in front of what a spreadsheet would run, also behind spaces."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_STARTS_A_FORMULA) else cell


def csv_answer(table: Iterable[Sequence[str]], *, name: str) -> HttpResponse:
    """To be saved under this name and the release that made it. The mark at the front tells a spreadsheet that it is
    UTF-8."""
    return HttpResponse(
        f"\N{ZERO WIDTH NO-BREAK SPACE}{as_csv(table)}",
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}-taper-planner-{THIS_RELEASE}.csv"'},
    )
