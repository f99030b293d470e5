"""A law: what it says, where it holds, how a breach is found, what breaks it, and who is excused."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Final

TOP: Final = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Source:
    """A file of the house. `path` counts from its top."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.path)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        return list(ast.walk(self.tree))

    @property
    def room(self) -> str:
        """The package it lies in, by which its relative imports are read."""
        return ".".join(Path(self.path).parent.parts)


@cache
def _read(path: Path) -> Source:
    """Many laws are read over the same files, and each file is parsed once."""
    return Source(str(path.relative_to(TOP)), path.read_text())


Finder = Callable[[Source], Iterable[str]]


@dataclass(frozen=True)
class Law:
    """`within`: globs of the files it holds in; `but_not`: globs of those it does not.

    `broken_by`: texts of which each must be found. `where`: the path that they are given.
    `excused`: a finding as "path: words", with the reason why it may stand.
    """

    says: str
    finder: Finder
    within: tuple[str, ...]
    broken_by: tuple[str, ...]
    but_not: tuple[str, ...] = ()
    where: str = "taperplanner/somewhere/something.py"
    excused: Mapping[str, str] = field(default_factory=dict)

    def sources(self) -> Iterator[Source]:
        left_out = {path for glob in self.but_not for path in TOP.glob(glob)}
        for path in sorted({path for glob in self.within for path in TOP.glob(glob)} - left_out):
            yield _read(path)

    def findings(self) -> set[str]:
        return {f"{source.path}: {words}" for source in self.sources() for words in self.finder(source)}

    def catches(self, text: str) -> bool:
        return any(True for _ in self.finder(Source(self.where, text)))
