"""What is looked for in Python."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Final

from .law import Source

LONGEST_MODULE: Final = 300
MANAGERS: Final = {"objects", "_default_manager", "_base_manager"}
WRITES: Final = {
    "save", "asave", "create", "acreate", "delete", "adelete", "bulk_create", "bulk_update",
    "get_or_create", "update_or_create", "execute", "executemany", "save_m2m",
}  # fmt: skip
SIGNED: Final = {"Version", "Step", "Dose", "SignedProduct"}
SIGNED_ROWS_OF: Final = {"versions", "steps", "doses", "products"}
SIGNED_MODELS: Final = "taperplanner.tapers.models"
INEXACT_CALLS: Final = {"float", "Decimal", "Fraction", "round", "fsum"}
INEXACT_FIELDS: Final = {"FloatField", "DecimalField"}
SLOW_LOOKUPS: Final = ("__icontains", "__regex", "__iregex", "__endswith", "__iendswith")
CLOCKS: Final = {"now", "today", "localdate", "localtime", "utcnow", "time"}
TEXT_FIELDS: Final = {"CharField", "EmailField", "RegexField", "SlugField", "URLField", "JSONField"}
UNSAFE_MARKUP: Final = {"mark_safe", "SafeString", "SafeText", "html_safe"}


def too_long(source: Source, longest: int = LONGEST_MODULE) -> Iterator[str]:
    lines = len(source.text.splitlines())
    if lines > longest:
        yield f"{lines} lines"


def managers(source: Source) -> Iterator[str]:
    """Lookups that do not start at the clinic."""
    for node in source.nodes:
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS:
            yield ast.unparse(node)
        if isinstance(node, ast.Call) and _called(node) in {"get_object_or_404", "get_list_or_404"}:
            first = node.args[0]
            if isinstance(first, ast.Name) and first.id[0].isupper():
                yield f"{_called(node)}({first.id})"


def writes(source: Source) -> Iterator[str]:
    """Calls that write to the database. `update` counts with keywords only: that of a dict takes a dict."""
    for node in source.nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name = node.func.attr
            of_a_dict = isinstance(node.func.value, ast.Call) and _called(node.func.value) in {"vars", "dict"}
            is_update = name in {"update", "aupdate"} and node.keywords and not node.args and not of_a_dict
            if name in WRITES or is_update:
                yield f"{ast.unparse(node.func)}()"


def writes_of_signed_rows(source: Source) -> Iterator[str]:
    """Whatever makes a row of a signed version, through its class or through a row it belongs to."""
    names = {
        alias.asname or alias.name: alias.name
        for node in source.nodes
        if isinstance(node, ast.ImportFrom) and _module(node, source).startswith(SIGNED_MODELS)
        for alias in node.names
        if alias.name in SIGNED
    }
    for node in source.nodes:
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id in names:
            yield f"{node.func.id}()"
        if _called(node) in WRITES and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            parts = {part.attr for part in ast.walk(owner) if isinstance(part, ast.Attribute)}
            roots = {part.id for part in ast.walk(owner) if isinstance(part, ast.Name)}
            if roots & set(names) or parts & SIGNED_ROWS_OF:
                yield f"{ast.unparse(node.func)}()"
        if _called(node) == "get_model":
            yield ast.unparse(node)


def inexact_numbers(source: Source) -> Iterator[str]:
    yield from inexact_fields(source)
    for node in source.nodes:
        if isinstance(node, ast.Call) and _called(node) in INEXACT_CALLS:
            yield f"{_called(node)}()"
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield f"the number {node.value}"
        if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div):
            yield f"division: {ast.unparse(node)}"


def inexact_fields(source: Source) -> Iterator[str]:
    for node in source.nodes:
        name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
        if name in INEXACT_FIELDS:
            yield name


def signals(source: Source) -> Iterator[str]:
    for node in source.nodes:
        if isinstance(node, ast.ImportFrom):
            module = _module(node, source)
            if module.endswith("signals") or module == "django.dispatch":
                yield f"{module}: {', '.join(alias.name for alias in node.names)}"
            yield from (alias.name for alias in node.names if alias.name in {"signals", "receiver"})


def environment(source: Source) -> Iterator[str]:
    for node in source.nodes:
        name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
        if name in {"environ", "getenv", "putenv"}:
            yield f"{name} on line {node.lineno}"  # type: ignore[attr-defined]


def without_return_type(source: Source) -> Iterator[str]:
    for node in source.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.returns is None:
            yield f"def {node.name}"


def shapeless_actions(source: Source) -> Iterator[str]:
    """Public functions of an actions module: not keyword-only, without by= or at=, no audited transaction, not recorded."""
    for node in source.tree.body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        names = {argument.arg for argument in node.args.kwonlyargs}
        if node.args.args or node.args.posonlyargs or node.args.vararg:
            yield f"{node.name} takes arguments by position"
        yield from (f"{node.name} does not take {needed}" for needed in ("by", "at") if needed not in names)
        if "audited_transaction()" not in map(ast.unparse, node.decorator_list):
            yield f"{node.name} is no audited transaction"
        if not _records(node, source):
            yield f"{node.name} records nothing"


def _records(function: ast.FunctionDef, source: Source) -> bool:
    """By itself, or through a private function of its module."""
    called = {_called(call) for call in ast.walk(function) if isinstance(call, ast.Call)}
    helpers = (
        node for node in source.tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("_")
    )
    return "record" in called or any(_records(node, source) for node in helpers if node.name in called)


def slow_lookups(source: Source) -> Iterator[str]:
    for node in source.nodes:
        if isinstance(node, ast.keyword) and node.arg and node.arg.endswith(SLOW_LOOKUPS):
            yield node.arg
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and node.value.endswith(SLOW_LOOKUPS)
        ):
            yield node.value


def opinions_on_characters(source: Source) -> Iterator[str]:
    """Whatever else asks Unicode, or Python, what a character is."""
    for node in source.nodes:
        if isinstance(node, ast.Attribute) and node.attr == "isprintable":
            yield ast.unparse(node)
        if isinstance(node, ast.ImportFrom) and node.module == "unicodedata":
            yield from (f"unicodedata.{alias.name}" for alias in node.names)
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name == "unicodedata")


def clocks(source: Source) -> Iterator[str]:
    """Calls that ask what time or day it is."""
    for node in source.nodes:
        if isinstance(node, ast.Call) and _called(node) in CLOCKS and not _is_of_a_moment(node):
            yield ast.unparse(node.func)


def _is_of_a_moment(call: ast.Call) -> bool:
    """`localtime(request.now)` asks where, not when; `now(UTC)` asks when."""
    return bool(call.args) and _called(call) in {"localtime", "localdate"}


def caught_refusals(source: Source) -> Iterator[str]:
    """Handlers of what an action refuses: `saving` has the one way to answer it."""
    for node in source.nodes:
        if not isinstance(node, ast.ExceptHandler) or node.type is None:
            continue
        kinds = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
        for kind in map(ast.unparse, kinds):
            name = kind.rpartition(".")[2]
            if name in {"Refused", "Conflict"} or name.startswith("Cannot"):
                yield kind


def other_text_fields(source: Source) -> Iterator[str]:
    """Fields of text that do not ask `text` what may be stored."""
    for node in source.nodes:
        is_one = isinstance(node, ast.Attribute) and node.attr in TEXT_FIELDS
        if is_one and ast.unparse(node).rpartition(".")[0] in {"forms", "forms.fields"}:
            yield ast.unparse(node)
        if isinstance(node, ast.ImportFrom) and _module(node, source).startswith("django.forms"):
            yield from (alias.name for alias in node.names if alias.name in TEXT_FIELDS)


def unsafe_markup(source: Source) -> Iterator[str]:
    """Calls, and decorators: as a type, SafeString says that the text is safe already."""
    for node in source.nodes:
        if isinstance(node, ast.Call) and _called(node) in UNSAFE_MARKUP:
            yield f"{_called(node)}()"
        for decorator in getattr(node, "decorator_list", ()):
            if ast.unparse(decorator).endswith("html_safe"):
                yield "@html_safe"


def admin(source: Source) -> Iterator[str]:
    for node in source.nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "contrib.admin" in node.value:
            yield node.value
        if isinstance(node, ast.ImportFrom) and any(alias.name == "admin" for alias in node.names):
            yield f"from {_module(node, source)} import admin"
        if isinstance(node, ast.ImportFrom) and "contrib.admin" in _module(node, source):
            yield _module(node, source)


def _called(call: ast.Call) -> str:
    """The last name of what is called: `x` of `x()`, `y` of `x.y()`."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _module(node: ast.ImportFrom, source: Source) -> str:
    """The whole name of the module that is imported from."""
    if not node.level:
        return node.module or ""
    parts = source.room.split(".")
    return ".".join([*parts[: len(parts) - node.level + 1], *([node.module] if node.module else [])])


def newest_versions(source: Source) -> Iterator[str]:
    """Where the newest version is taken out of a plan's versions: only the course says which one is in force."""
    for node in source.nodes:
        if isinstance(node, ast.ImportFrom) and _module(node, source).endswith("tapers.schedule.chain"):
            yield from ("from chain import newest" for alias in node.names if alias.name == "newest")
        if isinstance(node, ast.keyword) and node.arg == "number__gt":
            yield "number__gt"
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant | ast.UnaryOp):
            yield from (ast.unparse(node) for _ in range(_is_of_versions(node.value)))
        if isinstance(node, ast.Call) and _takes_one_version(node):
            yield ast.unparse(node)


def _takes_one_version(call: ast.Call) -> bool:
    words, called = ast.unparse(call), _called(call)
    if called in {"first", "last", "latest", "earliest"}:
        return _is_of_versions(call.func)
    if called in {"Max", "max"}:
        return "number" in words
    return called == "order_by" and "-number" in words and _is_of_versions(call.func)


def _is_of_versions(node: ast.expr) -> bool:
    """`plan.versions.newest_first()`, `Version.objects`, `versions`."""
    return re.search(r"\bversions\b|\bVersion\.objects\b", ast.unparse(node)) is not None
