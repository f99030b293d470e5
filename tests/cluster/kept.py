"""What a process keeps to itself: found in the code, so that nothing new is kept unseen."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

CACHES: Final = {"cache", "lru_cache", "functools.cache", "functools.lru_cache"}
# What stands still once it is made is no state of a process; these are made to be changed.
MADE_TO_CHANGE: Final = {
    "Condition", "Lock", "RLock", "Semaphore", "BoundedSemaphore", "Event", "Thread", "local",
    "Probe", "Queue", "deque", "defaultdict", "Counter", "OrderedDict", "WeakValueDictionary",
}  # fmt: skip
WRITES: Final = {
    "write_text", "write_bytes", "mkdir", "mkdtemp", "mkstemp", "TemporaryDirectory", "NamedTemporaryFile",
    "copyfile", "copytree", "rename", "touch", "fdopen", "connect",
}  # fmt: skip

OF_A_SESSION: Final = re.compile(
    r"\bpg_(?:try_)?advisory_lock\w*|\bSET SESSION\b|^SET (?!CONSTRAINTS|TRANSACTION|LOCAL)[a-z_]+ (?:=|TO)|\bLISTEN [a-z]|"
    r"\bCREATE TEMP\w* |\bWITH HOLD\b|^PREPARE [a-z]|\bset_config\((?!.*true\))"
)


def kept_in_memory(tree: ast.Module) -> Iterator[str]:
    """Answers that are remembered, whatever is made to be changed at the top of a module, and names that are made anew."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from (f"{node.name} is cached" for one in node.decorator_list if _name(one) in CACHES)
        elif isinstance(node, ast.Global):
            yield from (f"{name} is global" for name in node.names)
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if _is_made_to_change(node.value):
                yield f"{ast.unparse(target)} changes"


def kept_in_files(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = _name(node.func).rpartition(".")[2]
            if called in WRITES or (called == "open" and _writes(node)):
                yield called


def kept_in_a_session(tree: ast.Module) -> Iterator[str]:
    """SQL whose effect outlives its transaction: through a pooler it would be somebody else's."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from (one[0] for one in OF_A_SESSION.finditer(node.value))


def found(folder: Path, finder: object) -> set[str]:
    """`path: what`, of each module of the product that is no migration."""
    assert callable(finder)
    return {
        f"{path.relative_to(folder.parent)}: {what}"
        for path in sorted(folder.rglob("*.py"))
        if "migrations" not in path.parts
        for what in finder(ast.parse(path.read_text()))
    }


def _is_made_to_change(value: ast.expr) -> bool:
    if isinstance(value, ast.Dict | ast.List | ast.Set):
        return not (getattr(value, "keys", None) or getattr(value, "elts", None))
    if isinstance(value, ast.Call):
        name = _name(value.func).rpartition(".")[2]
        return name in MADE_TO_CHANGE or (name in {"dict", "list", "set"} and not value.args)
    return False


def _writes(call: ast.Call) -> bool:
    if "O_CREAT" in ast.unparse(call):
        return True
    given = [*call.args, *(one.value for one in call.keywords)]
    return any(
        isinstance(one, ast.Constant) and isinstance(one.value, str) and set(one.value) & set("wax+")
        and set(one.value) <= set("rwaxbt+")
        for one in given
    )  # fmt: skip


def _name(node: ast.expr) -> str:
    return ast.unparse(node.func if isinstance(node, ast.Call) else node)
