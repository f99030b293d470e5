"""Where a paper is set while a transaction is open: it takes seconds, for which nobody else could write."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import Final

from .law import Law, Source

SET_A_PAPER: Final = frozenset(
    {
        "pdf", "pictures", "pdf_around", "pdf_of", "pictures_of", "set_paper", "set_again", "set_file_copy",
        "preview_of", "pdf_of_copy", "pdf_answer", "batch_file", "print_next", "down_time_papers",
        "blank_forms",
    }
)  # fmt: skip
OPEN_ONE: Final = frozenset({"atomic", "audited_transaction", "taken_once"})


def papers_set_in_a_transaction(source: Source) -> Iterator[str]:
    """Under `atomic` or `@taken_once`, or in what `once(…)` calls; by the module's own functions too."""
    functions = {node.name: node for node in source.nodes if isinstance(node, ast.FunctionDef)}
    for node in source.nodes:
        for part in _inside(node):
            yield from (f"{name}()" for name in _set_by(part, functions, frozenset()))


def _inside(node: ast.AST) -> list[ast.AST]:
    """What runs in the transaction that this opens, if it opens one."""
    if isinstance(node, ast.FunctionDef) and any(_opens(one) for one in node.decorator_list):
        return list(node.body)
    if isinstance(node, ast.With) and any(_opens(item.context_expr) for item in node.items):
        return list(node.body)
    if isinstance(node, ast.Call) and _name(node.func) == "once":
        return list(node.args)
    return []


def _set_by(part: ast.AST, functions: Mapping[str, ast.FunctionDef], seen: frozenset[str]) -> Iterator[str]:
    for node in ast.walk(part):
        name = _name(node.func) if isinstance(node, ast.Call) else getattr(node, "id", "")
        if isinstance(node, ast.Call) and name in SET_A_PAPER:
            yield name
        elif name in functions and name not in seen:
            yield from _set_by(functions[name], functions, seen | {name})


def _opens(node: ast.expr) -> bool:
    return _name(node.func if isinstance(node, ast.Call) else node) in OPEN_ONE


def _name(node: ast.AST) -> str:
    """The last part of a dotted name."""
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


NOT_IN_A_TRANSACTION: Final = Law(
    says="no paper is set inside a transaction",
    finder=papers_set_in_a_transaction,
    within=("taperplanner/**/*.py",),
    broken_by=(
        "@audited_transaction()\ndef make(): return pdf_of([])",
        "with transaction.atomic():\n    typesetting.pictures('a.typ', {})",
        "@taken_once\n@with_version\ndef view(request, version): return pdf_answer(request, version)",
        "def view(request): return once(request, lambda: set_paper(job))",
        "def view(request):\n    def make(): return set_paper(job)\n    return once(request, make)",
        "def _set(): return pdf_of([])\n@audited_transaction()\ndef make(): return _set()",
    ),
)
