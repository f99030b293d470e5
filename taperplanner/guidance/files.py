"""One content file in, frozen data out; whatever is missing, unknown or unfit is refused.

An entry is TOML between two lines of +++, then paragraphs of plain text separated by blank lines.
Its drug and topic are its folders, its slug is its name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from .entries import Document, Entry, LeftOut, Review, Source, lines_in_words
from .front_matter import Body, lines_of, split
from .records import ContentError, Record, parse
from .vocabulary import AUDIENCES, AWAITING_REVIEW, CONCERNS, PACE, TOPICS, ClaimStatus
from .wording import unfit

LONGEST_TITLE: Final = 80
MOST_PARAGRAPHS: Final = 3
SOURCE_KEYS: Final = {"title", "publisher", "address", "published", "read_on", "read_at", "reference"}
DOCUMENT_KEYS: Final = {"about", "lines", "left_out", "over_schedules", "dangerous"}
LEFT_OUT_KEYS: Final = {"lines", "says", "why", "source", "locator"}
ENTRY_KEYS: Final = {
    *("title", "topic", "drug", "audience", "order", "lines", "standing", "source", "locator"),
    *("completed_from", "completed_locator", "note", "note_source", "note_locator"),
    *("concerns", "on_paper", "review", "only_on_guidance_page"),
}


def read_sources(path: Path) -> dict[str, Source]:
    registry = parse(path, lines_of(path), 1)
    return {key: _source(key, registry.table(key)) for key in registry.data}


def read_document(path: Path, sources: Mapping[str, Source]) -> Document:
    record = parse(path, lines_of(path), 1)
    record.allow(DOCUMENT_KEYS)
    return Document(
        drug=path.parent.name,
        about=record.texts("about"),
        lines=record.number("lines"),
        left_out=tuple(_left_out(row, sources) for row in record.tables("left_out")),
        over_schedules=record.raw("over_schedules"),
        dangerous=record.texts("dangerous"),
    )


def read_entry(path: Path, sources: Mapping[str, Source], document: Document) -> Entry:
    record, body = split(path, path.stem)
    record.allow(ENTRY_KEYS)
    drug, topic = path.parent.parent.name, path.parent.name
    _refuse_misplaced(record, drug=drug, topic=topic)
    pace = record.flag("only_on_guidance_page")
    if pace and topic != PACE:
        raise record.error("only_on_guidance_page", f"Only topic {PACE!r} may state figures of pace.")
    status = ClaimStatus(record.one_of("standing", [each.value for each in ClaimStatus]))
    lines = _document_lines(record, status, document)
    completed_from, completed_locator = _completion(record, status, sources)
    note, note_source, note_locator = _note(record, status, sources, may_state_pace=pace)
    return Entry(
        drug=drug,
        topic=topic,
        slug=path.stem,
        order=record.number("order"),
        title=title_of(record, may_state_pace=pace),
        paragraphs=_paragraphs(record, body, may_state_pace=pace),
        status=status,
        lines=lines,
        source=_entry_source(record, status, sources),
        locator=_locator(record, lines),
        completed_from=completed_from,
        completed_locator=completed_locator,
        note=note,
        note_source=note_source,
        note_locator=note_locator,
        concerns=frozenset(record.some_of("concerns", CONCERNS)),
        on_paper=record.texts("on_paper") if "on_paper" in record.data else (),
        review=read_review(record.table("review")),
        only_on_guidance_page=pace,
    )


def title_of(record: Record, *, may_state_pace: bool = False) -> str:
    title = record.text("title", may_state_pace=may_state_pace)
    if len(title) > LONGEST_TITLE:
        raise record.error("title", f"The title has {len(title)} characters; {LONGEST_TITLE} is the most.")
    return title


def read_review(record: Record) -> Review:
    if record.data.keys() == {"status"}:
        record.one_of("status", [AWAITING_REVIEW])
        return Review()
    record.allow({"by", "on", "next"})
    review = Review(by=record.text("by"), on=record.day("on"), next=record.day("next"))
    if review.on and review.next and review.next <= review.on:
        raise record.error("next", "The next review must be after the last.")
    return review


def _paragraphs(record: Record, body: Body, *, may_state_pace: bool) -> tuple[str, ...]:
    for number, line in body:
        if reason := unfit(line, may_state_pace=may_state_pace):
            raise ContentError(record.path, number, reason)
    blocks = "\n".join(line.strip() for _, line in body).strip()
    paragraphs = [" ".join(block.split()) for block in re.split(r"\n{2,}", blocks) if block]
    if not 1 <= len(paragraphs) <= MOST_PARAGRAPHS:
        raise ContentError(
            record.path, body[0][0] if body else 1, f"Write 1 to {MOST_PARAGRAPHS} paragraphs."
        )
    for paragraph in paragraphs:  # a dose may be split over two lines of the file
        if reason := unfit(paragraph, may_state_pace=may_state_pace):
            raise ContentError(record.path, body[0][0], reason)
    return tuple(paragraphs)


def _refuse_misplaced(record: Record, *, drug: str, topic: str) -> None:
    record.one_of("topic", TOPICS)
    record.one_of("audience", AUDIENCES)
    for key, folder in (("drug", drug), ("topic", topic)):
        if record.raw(key) != folder:
            raise record.error(key, f"The file is in the folder {folder!r}: move it, or write that.")


def _document_lines(record: Record, status: ClaimStatus, document: Document) -> tuple[int, ...]:
    lines = record.numbers("lines")
    if bool(lines) == (status is ClaimStatus.ADDED):
        raise record.error(
            "lines", "Kept and corrected entries name lines of the document; added ones do not."
        )
    if lines and lines[-1] > document.lines:
        raise record.error("lines", f"The reference document has {document.lines} lines.")
    return lines


def _entry_source(record: Record, status: ClaimStatus, sources: Mapping[str, Source]) -> Source:
    source = sources[record.one_of("source", sources)]
    if source.is_reference == (status is ClaimStatus.ADDED):
        wanted = "another source than" if source.is_reference else "as its source"
        raise record.error("source", f"An entry that is {status} has {wanted} the reference document.")
    return source


def _locator(record: Record, lines: tuple[int, ...]) -> str:
    locator = record.text("locator")
    if lines and locator != lines_in_words(lines):
        raise record.error("locator", f"The locator and the lines disagree: write {lines_in_words(lines)!r}.")
    return locator


def _completion(
    record: Record, status: ClaimStatus, sources: Mapping[str, Source]
) -> tuple[Source | None, str]:
    """Where the text has more than the document's line says, the note beside it tells which is whose."""
    if not record.data.keys() & {"completed_from", "completed_locator"}:
        return None, ""
    source = sources[record.one_of("completed_from", sources)]
    if source.is_reference or status is not ClaimStatus.CORRECTED:
        raise record.error("completed_from", "Only a correction is completed, and from another source.")
    return source, record.text("completed_locator")


def _note(
    record: Record, status: ClaimStatus, sources: Mapping[str, Source], *, may_state_pace: bool
) -> tuple[str, Source | None, str]:
    if not record.data.keys() & {"note", "note_source", "note_locator"}:
        if status is ClaimStatus.CORRECTED:
            raise record.error("standing", "A correction needs a note, with its source.")
        return "", None, ""
    note = record.text("note", may_state_pace=may_state_pace)
    source = sources[record.one_of("note_source", sources)]
    if source.is_reference:
        raise record.error("note_source", "The reference document cannot correct itself.")
    return note, source, record.text("note_locator")


def _source(key: str, record: Record) -> Source:
    record.allow(SOURCE_KEYS)
    is_reference = record.flag("reference")
    address = record.raw("address", required=not is_reference)
    if address and not address.startswith(("https://", "http://")):
        raise record.error("address", "An address begins with https:// or http://.")
    return Source(
        key=key,
        title=record.text("title"),
        publisher=record.text("publisher"),
        address=address,
        published=record.text("published", required=False),
        read_on=record.day("read_on"),
        read_at=record.text("read_at", required=False),
        is_reference=is_reference,
    )


def _left_out(record: Record, sources: Mapping[str, Source]) -> LeftOut:
    record.allow(LEFT_OUT_KEYS)
    named = "source" in record.data
    return LeftOut(
        lines=record.numbers("lines"),
        says=record.text("says"),
        why=record.text("why"),
        source=sources[record.one_of("source", sources)] if named else None,
        locator=record.text("locator", required=named),
    )
