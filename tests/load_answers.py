"""What a server under load answered, how fast, and whether that is good enough."""

from __future__ import annotations

import http.client
import threading
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from statistics import quantiles
from typing import Final

SLOWEST_HEALTH: Final = 1.0  # second


@dataclass
class Answers:
    """Shape: `seconds` by kind. `refused`: papers and sign-ins that were told to come back, which is no fault; whatever
    else is refused is one, since it would measure nothing."""

    seconds: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    saved: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, kind: str, status: int, seconds: float, body: bytes) -> None:
        with self.lock:
            self.seconds[kind].append(seconds)
            self.statuses[kind, status] += 1
            self.saved += kind == "save" and status == http.HTTPStatus.FOUND
            is_told = b"papers are being made" in body or b"Many people are signing in" in body
            self.refused += is_told
            if status >= http.HTTPStatus.BAD_REQUEST and not is_told:
                self.faults[f"{kind} {status}"] += 1


def report(answers: Answers, health: Answers, locked: int, stored: int | None) -> int:
    for kind, seconds in sorted(answers.seconds.items()):
        cuts = quantiles(seconds, n=100) if len(seconds) > 1 else seconds * 99
        statuses = {status: count for (of, status), count in sorted(answers.statuses.items()) if of == kind}
        print(
            f"{kind:8} {len(seconds):7,}  median {cuts[49]:6.2f} s  95 % {cuts[94]:6.2f} s  99 % {cuts[98]:6.2f} s"
            f"  slowest {max(seconds):6.2f} s  {statuses}"
        )
    slowest = max(health.seconds["healthz"], default=0.0)
    faults = dict(answers.faults + health.faults)
    print(f"/healthz {len(health.seconds['healthz']):,} times, slowest {slowest:.2f} s")
    print(
        f"told to come back: {answers.refused:,}; “database is locked”: {locked}; refused or failed: {faults or 'none'}"
    )
    lost = 0 if stored is None else answers.saved - stored
    if stored is not None:
        print(f"acknowledged saves: {answers.saved:,}, of which {lost:,} are not there")
    return int(bool(faults or locked or lost > 0 or slowest > SLOWEST_HEALTH))
