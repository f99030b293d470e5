"""A content folder in, frozen data out; every wrong file is named, with its line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from .document_lines import lines_of
from .entries import Document, Entry, Source, lines_in_words
from .files import read_document, read_entry, read_sources
from .patient_files import FOLDER, read_patient_text, unpaired
from .patient_texts import Language, PatientText
from .records import ContentError
from .vocabulary import TOPICS


class BrokenContentError(Exception):
    """The content cannot be used; `errors` says why, the first thing wrong in each file."""

    def __init__(self, errors: Iterable[ContentError]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(str(error) for error in self.errors))


@dataclass(frozen=True, slots=True)
class Content:
    """All that a content folder holds; entries stand in the order in which they are shown."""

    sources: Mapping[str, Source]
    documents: Mapping[str, Document]
    entries: tuple[Entry, ...]
    patient_texts: Mapping[Language, tuple[PatientText, ...]]


def load(root: Path) -> Content:
    """What a folder holds, with every line of its documents accounted for. Raises: BrokenContentError."""
    content = read(root)
    if errors := list(_uncovered(root, content)):
        raise BrokenContentError(errors)
    return content


def read(root: Path) -> Content:
    """Read sources.toml, each drug's left_out.toml and <topic>/<slug>.md, and paper/<key>.<language>.md.

    A line of a document may be nowhere. Raises: BrokenContentError.
    """
    try:
        sources = read_sources(root / "sources.toml")
    except ContentError as error:  # without sources every entry would be refused for the same reason
        raise BrokenContentError([error]) from error
    documents: dict[str, Document] = {}
    entries: list[Entry] = []
    errors: list[ContentError] = []
    for folder in sorted(path for path in root.iterdir() if path.is_dir() and path.name != FOLDER):
        try:
            document = documents[folder.name] = read_document(folder / "left_out.toml", sources)
        except ContentError as error:
            errors.append(error)
            continue
        for path in sorted(folder.rglob("*.md")):
            try:
                entries.append(read_entry(path, sources, document))
            except ContentError as error:
                errors.append(error)
    texts: list[PatientText] = []
    for path in sorted((root / FOLDER).glob("*")):
        try:
            texts.append(read_patient_text(path, sources))
        except ContentError as error:
            errors.append(error)
    errors = errors or [
        *_repeated(root, entries),
        *_not_on_paper(root, entries, texts),
        *_unknown(root, documents, entries),
        *unpaired(root, texts),
    ]
    if errors:
        raise BrokenContentError(errors)
    in_order = sorted(texts, key=lambda text: (text.order, text.key))
    by_language = {
        language: tuple(text for text in in_order if text.language is language) for language in Language
    }
    return Content(sources, documents, tuple(sorted(entries, key=_in_order)), by_language)


def _in_order(entry: Entry) -> tuple[str, int, int, str]:
    return entry.drug, list(TOPICS).index(entry.topic), entry.order, entry.slug


def _repeated(root: Path, entries: Iterable[Entry]) -> Iterator[ContentError]:
    """An address names topic and slug, not the drug: no two drugs may use the same."""
    seen: dict[tuple[str, str], str] = {}
    for entry in entries:
        if other := seen.get((entry.topic, entry.slug)):
            path = root / entry.drug / entry.topic / f"{entry.slug}.md"
            yield ContentError(path, 1, f"The slug {entry.slug!r} is used by {other} in the same topic.")
        seen[entry.topic, entry.slug] = entry.drug


def _not_on_paper(
    root: Path, entries: Iterable[Entry], texts: Iterable[PatientText]
) -> Iterator[ContentError]:
    """Only a patient text that is there tells patients what an entry says."""
    keys = {text.key for text in texts}
    for entry in entries:
        if absent := set(entry.on_paper) - keys:
            path = root / entry.drug / entry.topic / f"{entry.slug}.md"
            yield ContentError(path, 1, f"on_paper: there is no patient text {', '.join(sorted(absent))}.")


def _uncovered(root: Path, content: Content) -> Iterator[ContentError]:
    """Each line of a reference document rests in an entry or is listed as left out."""
    for drug, document in content.documents.items():
        lines = lines_of(document, content.entries)
        if missing := [line.number for line in lines if line.is_nowhere]:
            reason = f"The document's {lines_in_words(missing)}: not covered by an entry and not left out."
            yield ContentError(root / drug / "left_out.toml", 1, reason)


def _unknown(
    root: Path, documents: Mapping[str, Document], entries: Iterable[Entry]
) -> Iterator[ContentError]:
    """What a document names to stand by a schedule is an entry of its drug, and one that may stand there."""
    may = {(entry.drug, entry.key) for entry in entries if not entry.only_on_guidance_page}
    for drug, document in documents.items():
        for key in (document.over_schedules, *document.dangerous):
            if (drug, key) not in may:
                reason = f"No entry {key!r} of this drug may stand beside a schedule."
                yield ContentError(root / drug / "left_out.toml", 1, reason)
