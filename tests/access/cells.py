"""Which combinations of an address, a method, an actor and an object are asked.

The full product would be some 80,000, most of them refused before anybody looks at the object. So, of each address:

* GET and POST: each actor × each object, without those whose parts do not belong together;
* every method: each pair of two of method, actor and object (pairwise, over all objects).

`tenth` picks about a tenth: each address × each actor, on the clinic's own object and by a method that the address takes
(GET and POST by turns), and of the rest as many as are missing, by chance of a fixed seed.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Final, NamedTuple

from ..addresses import Address
from .actors import ACTORS
from .agreed import AGREED
from .objects import CROSSED, MIXED, NOT_THERE, kinds_for

METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
IN_FULL: Final = ("GET", "POST")
PARTS_OF_TWO: Final = frozenset({MIXED, CROSSED})
SEED: Final = 14


class Cell(NamedTuple):
    method: str
    actor: str
    object: str


def cells_of(address: Address, actors: Sequence[str] = tuple(ACTORS)) -> list[Cell]:
    objects = kinds_for(address.kwargs)
    whole = [kind for kind in objects if kind not in PARTS_OF_TWO and not kind.startswith(NOT_THERE)]
    full = [Cell(method, actor, kind) for method in IN_FULL for actor in actors for kind in whole]
    return list(dict.fromkeys([*full, *pairwise(METHODS, actors, objects)]))


def pairwise(*choices: Sequence[str]) -> list[Cell]:
    """Each pair of two of three choices is in a cell: the longer two in full, and the shortest goes round."""
    rows, columns, turns = sorted(range(len(choices)), key=lambda place: -len(choices[place]))
    found = []
    for row, one in enumerate(choices[rows]):
        for column, other in enumerate(choices[columns]):
            turn = choices[turns][(row + column) % len(choices[turns])]
            picked = {rows: one, columns: other, turns: turn}
            found.append(Cell(picked[0], picked[1], picked[2]))
    return found


def tenth(address: Address) -> list[Cell]:
    cells = cells_of(address)
    taken = sorted(AGREED[address.name][1] & set(IN_FULL))
    always = [Cell(taken[turn % len(taken)], actor, "own") for turn, actor in enumerate(ACTORS)]
    rest = [cell for cell in cells if cell not in set(always)]
    by_chance = random.Random(f"{SEED} {address.name} {address.kwargs}")
    return [*always, *by_chance.sample(rest, max(len(cells) // 10 - len(always), 3))]
