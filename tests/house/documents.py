"""What the documents name: links, and paths of this repository, which must be there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final

from .law import TOP

DOCUMENTS: Final = sorted({*TOP.glob("*.md"), *TOP.glob("docs/**/*.md")})
LINK: Final = re.compile(r"\]\(([^)\s]+)\)")
FENCE: Final = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
CODE: Final = re.compile(r"`([^`\n]+)`")
KINDS: Final = {"py", "md", "toml", "txt", "html", "typ", "js", "css", "po", "yaml", "png", "webp"}
# A name with one of these is a pattern for somebody to fill in, an address, or another repository's.
NOT_A_PATH: Final = re.compile(r"[<>…*]|^/|^[\w-]+:|://")
TOP_FOLDERS: Final = {
    ".ci",
    ".readme",
    "docs",
    "requirements",
    "static",
    "taperplanner",
    "templates",
    "tests",
}


def absent(document: Path, text: str) -> Iterator[str]:
    """Each link and each path in `text` that leads nowhere. `document`: where the text stands."""
    for link in LINK.findall(text):
        target = link.partition("#")[0]
        if target and "://" not in target and not (document.parent / target).exists():
            yield link
    for path in _paths(text):
        file, _, test = path.partition("::")
        if not (_has_test(file, test) if test else _is_there(document, file)):
            yield path


def _paths(text: str) -> Iterator[str]:
    for fence in FENCE.findall(text):
        yield from (word for word in map(_bare, fence.split()) if _is_of_a_folder(word))
    for code in CODE.findall(FENCE.sub("", text)):
        words = code.split()
        yield from (
            word
            for word in words
            if _is_of_a_folder(word) or (len(words) == 1 and _has_a_kind(word.partition("::")[0]))
        )


def _bare(word: str) -> str:
    return word.strip("\"'(),.;:")


def _has_test(file: str, test: str) -> bool:
    source = (TOP / file).read_text() if (TOP / file).is_file() else ""
    return re.search(rf"^def {re.escape(test)}\(", source, re.MULTILINE) is not None


def _is_of_a_folder(word: str) -> bool:
    return "/" in word and PurePosixPath(word).parts[0] in TOP_FOLDERS and not NOT_A_PATH.search(word)


def _has_a_kind(word: str) -> bool:
    return word.rpartition(".")[2] in KINDS and not word.startswith(".") and not NOT_A_PATH.search(word)


def _is_there(document: Path, path: str) -> bool:
    """From the top, beside the document, or in a room's templates; a bare name may stand anywhere."""
    if any((folder / path).exists() for folder in (TOP, document.parent, TOP / "templates")):
        return True
    return "/" not in path and any(
        next((TOP / folder).rglob(path), None) is not None
        for folder in ("taperplanner", "templates", "tests")
    )
