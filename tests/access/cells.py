"""Which combinations of an address, a method, an actor and an object are asked.

All of them would be twice as many, most of them refused before anybody looks at the object. So, of each address:

* GET and POST: each actor × each object;
* the other methods: each pair of two of method, actor and object (pairwise, by a Latin square).

An address that names no row has one object, and then both come to each method × each actor. `tenth` picks about a tenth:
each address × each actor × GET and POST on the clinic's own object, and of the rest as many as are missing, by chance of
a fixed seed.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Final, NamedTuple

from ..addresses import Address
from .actors import ACTORS
from .objects import kinds_for

METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
IN_FULL: Final = ("GET", "POST")
SEED: Final = 14


class Cell(NamedTuple):
    method: str
    actor: str
    object: str


def cells_of(address: Address, actors: Sequence[str] = tuple(ACTORS)) -> list[Cell]:
    objects = kinds_for(address.kwargs)
    full = [Cell(method, actor, kind) for method in IN_FULL for actor in actors for kind in objects]
    others = [method for method in METHODS if method not in IN_FULL]
    return [*full, *pairwise(others, actors, objects)]


def pairwise(methods: Sequence[str], actors: Sequence[str], objects: Sequence[str]) -> list[Cell]:
    """Each pair of two of the three is in a cell: each actor × object once, and the methods go round."""
    if min(len(objects), len(actors)) < len(methods):
        return [Cell(method, actor, kind) for method in methods for actor in actors for kind in objects]
    return [
        Cell(methods[(row + column) % len(methods)], actor, kind)
        for row, actor in enumerate(actors)
        for column, kind in enumerate(objects)
    ]


def tenth(address: Address) -> list[Cell]:
    cells = cells_of(address)
    always = [cell for cell in cells if cell.method in IN_FULL and cell.object == "own"]
    rest = [cell for cell in cells if cell not in set(always)]
    missing = max(len(cells) // 10 - len(always), 12)
    by_chance = random.Random(f"{SEED} {address.name} {address.kwargs}")
    return [*always, *by_chance.sample(rest, min(missing, len(rest)))]
