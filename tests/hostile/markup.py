"""Texts that Typst would run or style, in every text that an action takes, and what becomes of them on paper.

The fields are found in the details that the actions take, so that a new one has its markup by itself.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, Final, TypeVar

from pypdf import PdfReader

MARKUP: Final = (
    '#image("/etc/passwd")', '#eval("1+1")', '#read("/etc/passwd")', '#panic("x")', "*bold*", "_low_", "$x^2$", "`raw`",
    "```py x```", "<label>", "@ref", "a \\ b \\u{41}", "// gone", "/* gone */", "#{", "]", "[x](y)", "#[x]#", "~ -- --- ...",
    '"quoted" \'x\'', "= Heading", "- item", "+ item", "/ Term: x", "#let x = 1", "#import \"x.typ\"", "\\#x \\* \\_", "{{ x }}",
)  # fmt: skip
# Words of the product's own, and codes of a set; what is not free text.
NO_TEXTS: Final = {
    "time_zone",
    "paper_size",
    "paper_language",
    "letter_size",
    "sex",
    "started",
    "is_not",
    "rxnorm",
    "spelling_reason",
}
TAG: Final = re.compile(r"zq\d+z")
Details = TypeVar("Details")


@dataclass
class Markup:
    """Gives each text its own, known again by its tag. `planted`: by tag, in order."""

    round: int = 0
    planted: dict[str, str] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)

    def text(self, name: str, *, most: int = 60) -> str:
        """`name`: of the field."""
        number = len(self.planted)
        tag = f"zq{number}z"
        # Each round gives each field another one, and the short fields one that has room in them.
        fitting = [one for one in MARKUP if len(one) + len(tag) < most]
        self.planted[tag] = f"{fitting[(number * 5 + self.round) % len(fitting)]} {tag}"
        self.fields[tag] = name
        return self.planted[tag]

    def of(self, details: Details, *, but: Sequence[str] = ()) -> Details:
        """The same with markup in each text of it."""
        kind = type(details).__name__
        texts = {
            one.name: self.text(f"{kind}.{one.name}", most=30)
            for one in fields(details)  # type: ignore[arg-type]
            if one.type == "str" and one.name not in NO_TEXTS and one.name not in but
        }
        return replace(details, **texts)  # type: ignore[type-var]


def texts_in(data: Any) -> Iterator[str]:
    """Every string of what a paper is set from."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        for one in data.values():
            yield from texts_in(one)
    elif isinstance(data, Sequence) and not isinstance(data, bytes):
        for one in data:
            yield from texts_in(one)


def tags_in(data: Any) -> set[str]:
    return {tag for text in texts_in(data) for tag in TAG.findall(text)}


def letters_of(paper: bytes) -> str:
    """In the order in which they were set, without what parts words and lines."""
    pages = (page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages)
    return re.sub(r"[\s\u200b]", "", "".join(pages))


def plain(data: Any, planted: Mapping[str, str]) -> Any:
    """The same data with the tag alone in the place of each text: what a description without a fault shows of it."""
    said = json.dumps(data)
    for tag, typed in planted.items():
        said = said.replace(json.dumps(typed)[1:-1], tag)
    return json.loads(said)


def of_paper(data: Any, make: Callable[[Any], bytes], planted: Mapping[str, str]) -> Iterator[str]:
    """What is not letter for letter as it was typed, between the record and the paper that `make` sets of the data."""
    said, shown = letters_of(make(data)), letters_of(make(plain(data, planted)))
    for tag in sorted(tags_in(data)):
        typed = planted[tag]
        letters = re.sub(r"\s", "", typed)
        if not any(typed in text for text in texts_in(data)):
            yield f"{typed!r} was changed on its way to the paper"
        elif not said.count(letters) == said.count(tag) >= shown.count(tag):
            yield f"{typed!r} does not stand on the paper as it was typed"
    if "root:x:" in said:
        yield "a file was read"
