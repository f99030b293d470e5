"""One patient text in, frozen data out: paper/<key>.<language>.md, front matter as in an entry.

A body is bullets ("- " and, on further lines, two spaces), then closing paragraphs, or either alone.
Each key has a file in every language, and they say the same number of things. A text whose title sends
to 911 or 988 names the sign of each bullet in its front matter, so that no bullet is without its question.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Final

from .entries import Source
from .files import read_review, title_of
from .front_matter import Body, split
from .patient_texts import CALL_THE_CLINIC, Citation, Language, PatientText, ShownWhen
from .records import ContentError, Record
from .wording import unfit_for_patients

FOLDER: Final = "paper"
KEYS: Final = {"title", "order", "shown_when", "sources", "review", "signs"}
SENDS_FOR_HELP: Final = re.compile(r"\b(?:911|988)\b")
SIGN: Final = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*")
MOST_BLOCKS: Final = 12
BULLET: Final = "- "


def read_patient_text(path: Path, sources: Mapping[str, Source]) -> PatientText:
    key, _, code = path.name.removesuffix(".md").rpartition(".")
    if code not in {language.value for language in Language}:
        known = ", ".join(language.value for language in Language)
        raise ContentError(path, 1, f"A file's name is <key>.<language>.md, with one of {known}.")
    record, body = split(path, key)
    record.allow(KEYS)
    title = _title(record)
    items, closing = _blocks(path, body)
    return PatientText(
        key=key,
        language=Language(code),
        order=record.number("order"),
        title=title,
        items=items,
        closing=closing,
        shown_when=ShownWhen(record.one_of("shown_when", [each.value for each in ShownWhen])),
        citations=tuple(_citations(record, sources)),
        review=read_review(record.table("review")),
        signs=_signs(record, title, items),
    )


def unpaired(root: Path, texts: Iterable[PatientText]) -> Iterator[ContentError]:
    """What one language has and another lacks, and whether the clinic's phones have their place."""
    by_key: dict[str, dict[Language, PatientText]] = {CALL_THE_CLINIC: {}}
    for text in texts:
        by_key.setdefault(text.key, {})[text.language] = text
    for key, pair in sorted(by_key.items()):
        for language in Language:
            path = root / FOLDER / f"{key}.{language}.md"
            if language not in pair:
                yield ContentError(path, 1, f"The text {key!r} is missing in {language.label}.")
            elif Language.ENGLISH in pair and (what := _difference(pair[language], pair[Language.ENGLISH])):
                yield ContentError(path, 1, f"The {language.label} and the English differ in their {what}.")


def _title(record: Record) -> str:
    title = title_of(record)
    if reason := unfit_for_patients(title):
        raise record.error("title", f"title: {reason}")
    return title


def _blocks(path: Path, body: Body) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The bullets and the closing paragraphs."""
    items: list[str] = []
    closing: list[str] = []
    for is_text, block in groupby(body, lambda line: bool(line[1].strip())):
        if not is_text:
            continue
        lines = list(block)
        number = lines[0][0]
        is_list = lines[0][1].startswith(BULLET)
        if is_list and (items or closing):
            raise ContentError(path, number, "Write all bullets one after the other, before the paragraphs.")
        if is_list:
            items += _bullets(path, lines)
        else:
            closing.append(_text(path, lines))
    if not 1 <= len(items) + len(closing) <= MOST_BLOCKS:
        line = body[0][0] if body else 1
        raise ContentError(path, line, f"Write 1 to {MOST_BLOCKS} bullets and paragraphs.")
    return tuple(items), tuple(closing)


def _bullets(path: Path, lines: Body) -> Iterator[str]:
    bullet: Body = []
    for number, line in lines:
        if line.startswith(BULLET):
            if bullet:
                yield _text(path, bullet)
            bullet = []
        elif not line.startswith("  "):
            raise ContentError(
                path, number, "A bullet goes on with two spaces; a paragraph needs a blank line."
            )
        bullet.append((number, line[2:]))
    yield _text(path, bullet)


def _text(path: Path, lines: Body) -> str:
    """One bullet or paragraph; what is wrong is named with its own line where it stands on one."""
    joined = " ".join(" ".join(line.split()) for _, line in lines)
    for number, text in (*lines, (lines[0][0], joined)):
        if reason := unfit_for_patients(text):
            raise ContentError(path, number, reason)
    return joined


def _signs(record: Record, title: str, items: Collection[str]) -> tuple[str, ...]:
    if not SENDS_FOR_HELP.search(title):
        if "signs" in record.data:
            raise record.error("signs", "Only a text whose title sends to 911 or 988 names signs.")
        return ()
    signs = record.texts("signs")
    if len(signs) != len(items) or len(set(signs)) != len(signs):
        raise record.error("signs", f"Name one sign for each of the {len(items)} bullets, in their order.")
    for sign in signs:
        if not SIGN.fullmatch(sign):
            raise record.error("signs", "A sign is the key of a symptom: small letters, joined by single _.")
    return signs


def _citations(record: Record, sources: Mapping[str, Source]) -> Iterator[Citation]:
    rows = record.tables("sources")
    if not rows:
        raise record.error("sources", "Name at least one source.")
    for row in rows:
        row.allow({"source", "locator"})
        source = sources[row.one_of("source", sources)]
        if source.is_reference:
            raise row.error("source", "No patient text rests on the reference document.")
        yield Citation(source, row.text("locator"))


def _difference(text: PatientText, english: PatientText) -> str:
    """In what the two are not a pair; nothing, if they are."""
    for name, ours, theirs in (
        ("order", text.order, english.order),
        ("number of bullets", len(text.items), len(english.items)),
        ("signs", text.signs, english.signs),
        ("number of paragraphs", len(text.closing), len(english.closing)),
        ("shown_when", text.shown_when, english.shown_when),
        ("sources", text.citations, english.citations),
        ("numbers", _numbers(text), _numbers(english)),
    ):
        if ours != theirs:
            return name
    return ""


def _numbers(text: PatientText) -> list[set[str]]:
    """911 and 988 stand in the same parts in each language; how often, a language decides."""
    return [set(re.findall(r"\d+", part)) for part in (text.title, *text.items, *text.closing)]
