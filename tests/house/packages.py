"""The laws of what the product stands on: what it may import, and how each package is named."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from typing import Final

from .law import TOP, Law, Source

PIN: Final = re.compile(r"^([\w.-]+)==", re.MULTILINE)
DEPENDENCY: Final = re.compile(r'^    "[^"]+",')
REASON: Final = re.compile(r'^    "[^"]+", +# \S')


def imports_of_tests(source: Source) -> Iterator[str]:
    """Modules of the tests, or of a package that only the tests install."""
    for node in source.nodes:
        names = (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom) and not node.level
            else []
        )
        yield from (name for name in names if name.partition(".")[0] in {"tests", *_only_tests_install()})


@cache
def _only_tests_install() -> frozenset[str]:
    only = _pinned("test") - _pinned("run")
    return frozenset(
        module
        for module, packages in packages_distributions().items()
        if {_normal(name) for name in packages} <= only
    )


def _pinned(requirements: str) -> set[str]:
    text = (TOP / "requirements" / f"{requirements}.txt").read_text()
    return {_normal(name) for name in PIN.findall(text)}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def addresses(source: Source) -> Iterator[str]:
    yield from (line for line in source.text.splitlines() if "://" in line)


def dependencies_without_reason(source: Source) -> Iterator[str]:
    """Lines of pyproject's two lists of dependencies."""
    lists = re.findall(r"^(?:dependencies|test) = \[\n(.*?)^\]", source.text, re.MULTILINE | re.DOTALL)
    for line in "".join(lists).splitlines():
        if DEPENDENCY.match(line) and not REASON.match(line):
            yield line.strip()


LAWS_OF_PACKAGES: Final = (
    Law(
        says="the product imports nothing that only the tests install",
        finder=imports_of_tests,
        within=("taperplanner/**/*.py",),
        broken_by=(
            "import pypdf",
            "from pypdfium2.raw import FPDF_GetPageCount",
            "from tests.proof.proving import prove",
        ),
    ),
    Law(
        says="pinned requirements name no address",
        finder=addresses,
        within=("requirements/*",),
        broken_by=("--index-url https://packages.example/simple",),
    ),
    Law(
        says="every dependency says why it is here",
        finder=dependencies_without_reason,
        within=("pyproject.toml",),
        broken_by=('dependencies = [\n    "leftpad>=1",\n]\n', 'test = [\n    "leftpad>=1",  #\n]\n'),
    ),
)
