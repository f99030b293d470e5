"""The processes of ours: a server, and what it started, found by their parent and ended by their id."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

SECONDS: Final = 30


def children_of(parent: int) -> list[int]:
    """And theirs, in the order in which they are found."""
    by_parent: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # ended meanwhile
            pid, _, rest = stat.read_text().partition(" ")
            by_parent.setdefault(int(rest.rpartition(")")[2].split()[1]), []).append(int(pid))
    found, next_ones = [], [parent]
    while next_ones:
        next_ones = [child for one in next_ones for child in by_parent.get(one, [])]
        found += next_ones
    return found


def kill_with_children(process: subprocess.Popen[bytes]) -> None:
    """At once, without a word. The parent is stopped first, so that it starts nobody while its children are looked for."""
    os.kill(process.pid, signal.SIGSTOP)
    everybody = [*children_of(process.pid), process.pid]
    for pid in everybody:
        kill(pid)
    process.wait(SECONDS)
    wait_until_gone(everybody)


def kill(pid: int) -> None:
    _send(signal.SIGKILL, pid)


@contextmanager
def held(pids: Sequence[int]) -> Iterator[None]:
    """None of them does anything within the block. Whoever ended of himself, before or while the rest stood, is not missed."""
    try:
        for pid in pids:
            _send(signal.SIGSTOP, pid)
        _wait_for(pids, "TZ", "Does not stand still")
        yield
    finally:
        for pid in pids:
            _send(signal.SIGCONT, pid)


def _send(what: signal.Signals, pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, what)


def wait_until_gone(pids: list[int]) -> None:
    """A child of a process that is gone is taken over by the machine's first process, which may be slow to bury it."""
    _wait_for(pids, "Z", "Not gone")


def _wait_for(pids: Sequence[int], states: str, otherwise: str) -> None:
    """Until each is in one of the states (proc(5): T stands still, Z is gone and not buried) or is there no more."""
    until = time.monotonic() + SECONDS
    while any(state_of(pid) not in states for pid in pids):
        if time.monotonic() > until:
            raise TimeoutError(f"{otherwise} after {SECONDS} seconds: {pids}")
        time.sleep(0.02)


def state_of(pid: int) -> str:
    """One letter, as in proc(5); as of one that is gone, if there is none of that id."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "Z"


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""
