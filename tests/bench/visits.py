"""Two things done in turn, in one process, so that whatever else the machine does meets both; what is kept is how much
longer the one takes than the other."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable
from dataclasses import asdict, dataclass
from statistics import median
from time import perf_counter
from typing import Any, Final

from django.db import connection
from django.test.utils import CaptureQueriesContext

VISITS: Final = 8
KILOBYTE: Final = 1024
Act = Callable[[], bytes | None]


@dataclass(frozen=True)
class Ratio:
    """`p50`, `p95`: times what it is compared with took. `bytes`: of the answer. `peak_kb`: of Python's memory."""

    measure: str
    beside: str
    p50: float
    p95: float
    queries: int
    bytes: int
    peak_kb: int

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def compared(measure: str, act: Act, beside: str, floor: Act, visits: int = VISITS) -> Ratio:
    """Each is done once before, unmeasured: caches fill at the first visit of a process."""
    act(), floor()
    own, other = [], []
    for _ in range(visits):
        own.append(_seconds(act))
        other.append(_seconds(floor))
    with CaptureQueriesContext(connection) as queries:
        answer = act()
    return Ratio(
        measure,
        beside,
        round(median(own) / median(other), 2),
        round(nearly_worst(own) / nearly_worst(other), 2),
        len(queries),
        len(answer or b""),
        _peak(act),
    )


def nearly_worst(seconds: list[float]) -> float:
    """The 95th percentile: that of eight is the second longest but a little."""
    ordered = sorted(seconds)
    place = 0.95 * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def _seconds(act: Act) -> float:
    gc.collect()
    began = perf_counter()
    act()
    return perf_counter() - began


def _peak(act: Act) -> int:
    tracemalloc.start()
    try:
        act()
        return tracemalloc.get_traced_memory()[1] // KILOBYTE
    finally:
        tracemalloc.stop()
