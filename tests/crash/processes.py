"""The processes of ours: a server, and what it started, found by their parent and ended by their id."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from contextlib import suppress
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
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def wait_until_gone(pids: list[int]) -> None:
    """A child of a process that is gone is taken over by the machine's first process, which may be slow to bury it."""
    until = time.monotonic() + SECONDS
    while any(_lives(pid) for pid in pids):
        if time.monotonic() > until:
            raise TimeoutError(f"Not gone after {SECONDS} seconds: {pids}")
        time.sleep(0.02)


def _lives(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""
