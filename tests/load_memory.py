"""The memory of a server and of its processes while it is under load, and whether it grows."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import linear_regression
from typing import Final

import psutil

EVERY: Final = 5.0  # seconds
STARTING: Final = 1 / 3  # of the time: caches fill, and the allocator keeps what it once had
MOST: Final = 1.0  # megabyte a minute, of one process
MEGABYTE: Final = 1_000_000
Sample = tuple[float, float]  # minutes since the start, megabytes


@dataclass
class Memory:
    """Of each process that stays: those that set a paper come and go."""

    samples: defaultdict[int, list[Sample]] = field(default_factory=lambda: defaultdict(list))

    def report(self) -> bool:
        """Whether it grows."""
        most = max((len(samples) for samples in self.samples.values()), default=0)
        stayed = {process: some for process, some in self.samples.items() if len(some) > most / 2}
        slopes = {process: slope(some) for process, some in stayed.items()}
        for process, some in stayed.items():
            print(
                f"memory of process {process}: {some[0][1]:,.0f} MB at first, {some[-1][1]:,.0f} MB at last,"
                f" most {max(used for _, used in some):,.0f} MB, {slopes[process]:+.2f} MB a minute after the start"
            )
        return not slopes or max(slopes.values()) > MOST


def slope(samples: Sequence[Sample]) -> float:
    """Megabytes a minute, by least squares, once it has started."""
    steady = samples[int(len(samples) * STARTING) :]
    if len(steady) < 2:
        return 0.0
    return linear_regression([at for at, _ in steady], [used for _, used in steady]).slope


def watch_memory(process: int, over: threading.Event, memory: Memory, every: float = EVERY) -> None:
    """What is a process's own (USS): pages that it shares with another are not counted twice."""
    began = time.monotonic()
    while not over.wait(every):
        at = (time.monotonic() - began) / 60
        try:
            family = [first := psutil.Process(process), *first.children(recursive=True)]
        except psutil.NoSuchProcess:
            return
        for one in family:
            try:
                memory.samples[one.pid].append((at, one.memory_full_info().uss / MEGABYTE))
            except (psutil.NoSuchProcess, psutil.AccessDenied):
                continue
