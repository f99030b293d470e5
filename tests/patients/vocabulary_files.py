"""A vocabulary of one's own, written and read as the shipped one is."""

from __future__ import annotations

from pathlib import Path

from taperplanner.patients.vocabulary import Vocabulary, load


def load_from(
    folder: Path, *, drugs: str, sources: str, levels: str = "name,level,source,locator"
) -> Vocabulary:
    for name, text in {"drugs.csv": drugs, "levels.csv": levels, "sources.toml": sources}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return load(folder)
