"""Every check of who may, found by walking the code, and how each is taken out while cells are asked.

a decorator      `@requires`, and what says which methods a view takes: the view is made anew without it
a look-up        of the clinic's rows, or of those of the row above: it finds every clinic's, or another row's
a middleware     left out of the settings
a gate           an `if` of an action: `gates.py`
"""

from __future__ import annotations
import __future__

import ast
import inspect
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from types import CellType, FunctionType
from typing import Any, Final
from unittest.mock import patch

from django.conf import settings
from django.db.models import Model, QuerySet
from django.db.models.sql.where import WhereNode
from django.http import Http404
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver

from ..addresses import Address, View, addresses
from ..house.views import function_of, our_addresses

DECORATORS: Final = frozenset({"requires", "require_safe", "require_POST", "require_http_methods"})
# Each role has it, so nobody who is signed in is refused by it, and none of our cells could tell.
HELD_BY_ALL: Final = "requires(Permission.SEE_GUIDANCE)"
LOOKS_UP: Final = "get_object_or_404"
# Those that the matrix sees the loss of; the rest of settings.MIDDLEWARE stands in `gates.py`, with its tests or why not.
MIDDLEWARES: Final = (
    "taperplanner.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "taperplanner.accounts.methods.only_reads_and_posts",
)
Without = Callable[[], AbstractContextManager[None]]


@dataclass(frozen=True)
class Check:
    """`addresses`: those that it guards. `without`: while this lasts, the check is not made."""

    what: str
    addresses: tuple[Address, ...]
    without: Without

    @property
    def name(self) -> str:
        return f"{self.what} of {self.addresses[0].name}" if len(self.addresses) < 3 else self.what


def checks() -> list[Check]:
    return [*_of_decorators(), *_of_look_ups(), *_of_middlewares()]


# --- Decorators -------------------------------------------------------------------------------


def guards_of(address: Address) -> list[str]:
    return [
        ast.unparse(one)
        for one in function_of(address).decorator_list
        if ast.unparse(one).partition("(")[0] in DECORATORS
    ]


def _of_decorators() -> Iterator[Check]:
    for view, found in _by_view(our_addresses()).items():
        for decorator in guards_of(found[0]):
            if decorator == HELD_BY_ALL:
                continue
            made = _made_without(found[0], decorator)
            yield Check(f"@{decorator}", found, _answered_by(view, made))


def _by_view(found: list[Address]) -> dict[View, tuple[Address, ...]]:
    views: dict[View, tuple[Address, ...]] = {}
    for address in found:
        views[address.view] = (*views.get(address.view, ()), address)
    return views


def _made_without(address: Address, decorator: str) -> View:
    """The view as its module would have made it."""
    function = function_of(address)
    function.decorator_list = [one for one in function.decorator_list if ast.unparse(one) != decorator]
    module = vars(sys.modules[inspect.unwrap(address.view).__module__])
    made: dict[str, Any] = {}
    flags = __future__.annotations.compiler_flag
    exec(compile(ast.Module([function], []), module["__file__"], "exec", flags), module, made)
    view: View = made[function.name]
    return view


def _answered_by(view: View, made: View) -> Without:
    @contextmanager
    def without() -> Iterator[None]:
        with ExitStack() as stack:
            for pattern in _patterns(get_resolver().url_patterns):
                if pattern.callback is view:
                    stack.enter_context(patch.object(pattern, "callback", made))
            yield

    return without


def _patterns(found: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for one in found:
        if isinstance(one, URLResolver):
            yield from _patterns(one.url_patterns)
        else:
            yield one


# --- Look-ups ---------------------------------------------------------------------------------


def layers(address: Address) -> Iterator[FunctionType]:
    """The view, and each decorator around it, from the outside."""
    view: Any = address.view
    while view is not None:
        if isinstance(view, FunctionType):
            yield view
        view = getattr(view, "__wrapped__", None)


def _of_look_ups() -> Iterator[Check]:
    """At each address of its own: a look-up that is shared may be needed by one of them alone."""
    for address in our_addresses():
        for layer in layers(address):
            if rows := cell_of(layer, "rows"):
                yield Check(f"look-up by {cell_of(layer, 'named').cell_contents}", (address,), _wider(rows))
            elif LOOKS_UP in layer.__code__.co_names:
                yield Check(f"look-up in {layer.__globals__['__name__']}", (address,), _wider_in(layer))


def cell_of(layer: FunctionType, name: str) -> Any:
    free = dict(zip(layer.__code__.co_freevars, layer.__closure__ or (), strict=True))
    return free.get(name)


def _wider(rows: CellType) -> Without:
    @contextmanager
    def without() -> Iterator[None]:
        before = rows.cell_contents
        rows.cell_contents = lambda above: Anybodys(before(above))
        try:
            yield
        finally:
            rows.cell_contents = before

    return without


def _wider_in(layer: FunctionType) -> Without:
    def found(rows: Any, **lookups: Any) -> Model:
        wider = Anybodys(rows)
        try:
            return wider.get(**lookups)
        except wider.model.DoesNotExist as gone:
            raise Http404 from gone

    @contextmanager
    def without() -> Iterator[None]:
        with patch.dict(layer.__globals__, {LOOKS_UP: found}):
            yield

    return without


class Anybodys:
    """Rows without what narrows them to a clinic or to the row above. As `get_object_or_404` takes them."""

    def __init__(self, rows: Any) -> None:
        self.rows: QuerySet[Any] = rows.all()
        self.model: Any = self.rows.model

    def get(self, **lookups: Any) -> Model:
        """Its own first. A number is counted from 1 in each plan; that of no row stands for one that another plan has."""
        everybodys = self.rows.all()
        everybodys.query.where = WhereNode()
        found = self.rows.filter(**lookups).first() or everybodys.filter(**lookups).first()
        if found is None and "number" in lookups:
            found = everybodys.exclude(pk__in=self.rows.values("pk")).first()
            if found is not None:
                found.number = lookups["number"]
        if found is None:
            raise self.model.DoesNotExist
        row: Model = found
        return row


# --- Middlewares ------------------------------------------------------------------------------


def _of_middlewares() -> Iterator[Check]:
    for middleware in MIDDLEWARES:
        yield Check(middleware, tuple(addresses()), _left_out(middleware))


def _left_out(middleware: str) -> Without:
    @contextmanager
    def without() -> Iterator[None]:
        rest = [one for one in settings.MIDDLEWARE if one != middleware]
        with override_settings(MIDDLEWARE=rest), patch.object(Client, "request", _anew(Client.request)):
            yield

    return without


def _anew(request: Callable[..., Any]) -> Callable[..., Any]:
    """Of a client that asked before, whose handler holds what it was made of."""

    def asked(client: Client, **kwargs: Any) -> Any:
        before = client.handler._middleware_chain
        client.handler._middleware_chain = None
        try:
            return request(client, **kwargs)
        finally:
            client.handler._middleware_chain = before

    return asked
