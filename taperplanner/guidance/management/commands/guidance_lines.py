"""Where each line of the reference document stands, for whoever reviews the guidance."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ...document_lines import DocumentLine, lines_of
from ...entries import lines_in_words
from ...library import CONTENT
from ...loading import BrokenContentError, read
from ...shown import where_shown

COLUMNS: Final = ("drug", "line", "standing", "entry", "title", "shown", "says", "why")
NOWHERE: Final = "nowhere"


class Command(BaseCommand):
    help = (
        "Print for each line of each reference document the entries that rest on it and where they are shown,"
        " or why it was left out. Ends with 1 if a line is nowhere."
    )
    requires_system_checks = ()  # they refuse a line that is nowhere, and this shows which it is

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--csv", action="store_true", help="as CSV, with a row for each entry and reason")

    def handle(self, *_: Any, **options: Any) -> None:
        try:
            content = read(CONTENT)
        except BrokenContentError as broken:
            raise CommandError(str(broken)) from broken
        tables = {drug: lines_of(document, content.entries) for drug, document in content.documents.items()}
        rows = [row for drug, lines in tables.items() for line in lines for row in _rows(drug, line)]
        if options["csv"]:
            csv.writer(self.stdout).writerows((COLUMNS, *rows))
        else:
            for drug, of_drug in groupby(rows, itemgetter(0)):
                self.stdout.write("\n".join((f"The document on {drug}", *map(_text, of_drug))))
        for drug, lines in tables.items():
            if missing := [line.number for line in lines if line.is_nowhere]:
                raise CommandError(f"Of the document on {drug}, {lines_in_words(missing)}: {NOWHERE}.")


def _rows(drug: str, line: DocumentLine) -> Iterator[tuple[str, ...]]:
    number = str(line.number)
    for entry in line.entries:
        path, places = f"{entry.topic}/{entry.slug}", "; ".join(where_shown(entry))
        yield drug, number, entry.status.value, path, entry.title, places, "", ""
    for left_out in line.left_out:
        yield drug, number, "left out", "", "", "", left_out.says, left_out.why
    if line.is_nowhere:
        yield drug, number, NOWHERE, "", "", "", "", ""


def _text(row: tuple[str, ...]) -> str:
    _, number, standing, path, title, places, says, why = row
    told = f"{path}, “{title}”. Shown {places}." if path else f"{says} {why}".strip()
    return f"{number:>3}  {standing:<9}  {told}".rstrip()
