"""What a cell of the matrix is to be answered: by the table of permissions, what was agreed, and these rules.

The first rule that holds is the answer. Each has a name, by which the tests take it away and see a cell turn red.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Final, NamedTuple

from taperplanner.accounts.permissions import MAY, Permission

from ..addresses import Address
from .actors import ACTORS, Actor
from .agreed import AGREED, Anybody
from .cells import Cell
from .objects import RESTRICTED, is_there

SIGN_IN: Final = frozenset({0})  # sent to sign in, which no status alone says
TAKEN_AT_ALL: Final = frozenset({"GET", "HEAD", "POST"})
READ: Final = frozenset({HTTPStatus.OK, HTTPStatus.NO_CONTENT, HTTPStatus.FOUND})
# An empty body may be refused with a page that says so, never with an error.
REFUSED: Final = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY})
# A page of one's own sign-in has no second factor to turn off, or a link that is over.
NOTHING_OF_ONES_OWN: Final = frozenset({HTTPStatus.NOT_FOUND})
# Where an emergency access is asked for, and given back.
OPEN_IN_AN_EMERGENCY: Final = frozenset({"patients:emergency_access", "patients:emergency_access_end"})

Statuses = frozenset[int]


class Asked(NamedTuple):
    """A cell with what was agreed for its address."""

    address: Address
    cell: Cell
    actor: Actor

    @property
    def asks(self) -> object:
        return AGREED[self.address.name][0]

    @property
    def may(self) -> bool:
        allowed = {permission for role in self.actor.roles for permission in MAY[role]}
        return not isinstance(self.asks, Permission) or self.asks in allowed


def no_such_method(asked: Asked) -> Statuses | None:
    """The same to everybody, whether the address is there or not: a page is read, or posted to."""
    return None if asked.cell.method in TAKEN_AT_ALL else frozenset({HTTPStatus.METHOD_NOT_ALLOWED})


def signs_in_first(asked: Asked) -> Statuses | None:
    return None if asked.actor.is_signed_in or isinstance(asked.asks, Anybody) else SIGN_IN


def method_is_not_taken(asked: Asked) -> Statuses | None:
    """Judged before the role, which it says nothing about."""
    taken = AGREED[asked.address.name][1]
    return (
        None
        if asked.cell.method in taken
        else frozenset({HTTPStatus.METHOD_NOT_ALLOWED}) | _of_ones_own(asked)
    )


def may_not(asked: Asked) -> Statuses | None:
    """Judged before anything is looked up, so that it says nothing about what is there."""
    return None if asked.may else frozenset({HTTPStatus.FORBIDDEN})


def is_not_there(asked: Asked) -> Statuses | None:
    """Another clinic's is as absent as what nobody has."""
    kwargs = asked.address.kwargs
    names_a_row = not is_there("absent", kwargs)
    is_ours = is_there(asked.cell.object, kwargs) and asked.actor.is_here
    return frozenset({HTTPStatus.NOT_FOUND}) if names_a_row and not is_ours else None


def is_closed(asked: Asked) -> Statuses | None:
    """A restricted record is there, and says so; it opens to who is named, and in an emergency."""
    is_open = (
        asked.cell.object != RESTRICTED or asked.actor.opens or asked.address.name in OPEN_IN_AN_EMERGENCY
    )
    return None if is_open else frozenset({HTTPStatus.FORBIDDEN})


def answered(asked: Asked) -> Statuses | None:
    refused = REFUSED if asked.cell.method == "POST" else _says_why_not(asked.cell.object)
    return READ | _of_ones_own(asked) | refused


def _of_ones_own(asked: Asked) -> Statuses:
    return frozenset() if isinstance(asked.asks, Permission) else NOTHING_OF_ONES_OWN


def _says_why_not(kind: str) -> Statuses:
    """A paper of what is over, or of nothing that is signed, is refused with a page that says why."""
    return frozenset() if kind == "own" else frozenset({HTTPStatus.CONFLICT})


RULES: Final[Mapping[str, Callable[[Asked], Statuses | None]]] = {
    rule.__name__: rule
    for rule in (
        no_such_method,
        signs_in_first,
        method_is_not_taken,
        may_not,
        is_not_there,
        is_closed,
        answered,
    )
}


def expected(address: Address, cell: Cell, *, without: str = "") -> Statuses:
    """`without`: a rule that is taken away."""
    asked = Asked(address, cell, ACTORS[cell.actor])
    for name, rule in RULES.items():
        if name != without and (said := rule(asked)) is not None:
            return said
    return frozenset()
