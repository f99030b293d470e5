"""Every text of the paper has its translation, or `manage.py check` fails and names it.

A text is what stands in a `t("…")` of this room, and each line of the lists below.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.core import checks

from taperplanner.days import MONTHS, WEEKDAYS
from taperplanner.guidance.patient_texts import Language
from taperplanner.tapers.models import State

from .labels import TIMES
from .language import catalogue_of, entries

ROOM: Final = Path(__file__).parent.parent
LISTS: Final = (WEEKDAYS, MONTHS, tuple(TIMES.values()), tuple(label.lower() for label in State.labels))
_VALUE: Final = re.compile(r"{\w+}")


def texts_of_the_paper(room: Path = ROOM) -> set[str]:
    """Raises: ValueError where a text is not written out, and so could not be found."""
    said = {text for path in sorted(room.rglob("*.py")) for text in _said_in(path.read_text(), path.name)}
    return said.union(*LISTS)


def wrong_in(language: Language, texts: set[str]) -> list[str]:
    """A sentence for each text that is missing, empty, uncertain, out of date, or loses a value."""
    found = {entry.msgid: entry for entry in entries(language)}
    wrong = [f"no translation of “{text}”" for text in sorted(texts - set(found))]
    wrong += [f"the paper no longer says “{text}”" for text in sorted(set(found) - texts)]
    for text, entry in found.items():
        if not entry.msgstr.strip():
            wrong.append(f"the translation of “{text}” is empty")
        elif entry.fuzzy:
            wrong.append(f"the translation of “{text}” is marked as uncertain")
        elif sorted(_VALUE.findall(text)) != sorted(_VALUE.findall(entry.msgstr)):
            wrong.append(f"the translation of “{text}” does not have the same values in it")
        elif re.findall(r"\d+", text) != re.findall(r"\d+", entry.msgstr):
            wrong.append(f"the translation of “{text}” does not have the same digits in it")
    return wrong


def check_translations(**kwargs: Any) -> list[checks.CheckMessage]:
    texts = texts_of_the_paper()
    return [
        checks.Error(f"Handouts in {language.label}: {wrong}.", hint=str(path), id="handouts.E001")
        for language in Language
        if (path := catalogue_of(language))
        for wrong in wrong_in(language, texts)
    ]


def _said_in(source: str, name: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "t":
            text = node.args[0]
            if not (isinstance(text, ast.Constant) and isinstance(text.value, str)):
                raise ValueError(f"{name}, line {node.lineno}: t() takes a text that is written out.")
            yield text.value
