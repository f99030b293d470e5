"""What is looked for in the URLconf and the views that it names."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from typing import Final

from ..addresses import Address, addresses
from .law import TOP

LONGEST_VIEW: Final = 12
LONGEST_MEDIAN: Final = 6  # public code that reads well stands between 5 and 18


def our_addresses() -> list[Address]:
    """Those of our rooms; sign-in is allauth's."""
    return [
        address
        for address in addresses()
        if inspect.unwrap(address.view).__module__.startswith("taperplanner")
    ]


def function_of(address: Address) -> ast.FunctionDef:
    tree = ast.parse(textwrap.dedent(inspect.getsource(inspect.unwrap(address.view))))
    function = tree.body[0]
    assert isinstance(function, ast.FunctionDef), f"{address.name} is not a function."
    return function


def body_lines(function: ast.FunctionDef) -> int:
    """Without its signature, decorators and docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1


def name_of(address: Address) -> str:
    return address.name.rpartition(":")[2]


def room_of(address: Address) -> str:
    return address.name.rpartition(":")[0]


def pages_named_in(function: ast.FunctionDef) -> Iterator[str]:
    """The templates it names that are whole pages: a fragment starts with _."""
    for node in ast.walk(function):
        text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
        if text.endswith(".html") and not text.rpartition("/")[2].startswith("_"):
            yield text


def misnamed(address: Address, function: ast.FunctionDef) -> Iterator[str]:
    """View name = URL name = template name."""
    if function.name != name_of(address):
        yield f"{address.name} is answered by {function.name}"
    wanted = f"{room_of(address)}/{name_of(address)}.html"
    yield from (f"{address.name} shows {page}" for page in pages_named_in(function) if page != wanted)


def page_templates(rooms: set[str]) -> Iterator[str]:
    """Whole pages of the rooms: not a fragment, and not a base that pages extend."""
    for room in sorted(rooms):
        for path in sorted(TOP.glob(f"templates/{room}/*.html")):
            if not path.name.startswith(("_", "base_")):
                yield f"{room}/{path.name}"
