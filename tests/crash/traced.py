"""Whether what was written is on the disk before it is acknowledged: the system calls of the server, in their order.

A kill cannot see a missing fsync, because what the kernel was given survives the process. So strace looks on while one
thing after the other is sent, and at each answer nothing of the database may still wait for the disk: no byte of a file,
and no name in a folder, which is how SQLite commits.
"""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Final

SECONDS: Final = 20
CALLS: Final = "openat,write,writev,sendto,sendmsg,pwrite64,pwritev,ftruncate,unlink,unlinkat,fsync,fdatasync"
ACKNOWLEDGED: Final = ('"HTTP/1.1 302', '"HTTP/1.1 200')
_LINE: Final = re.compile(r"^(?P<thread>\d+)\s+(?P<call>\w+)\((?P<given>.*)$")
_RESUMED: Final = re.compile(r"^(?P<thread>\d+)\s+<\.\.\. (?P<call>\w+) resumed>(?P<given>.*)$")
_FILE: Final = re.compile(r"\d+<(?P<path>/[^>]*)>")
_NAME: Final = re.compile(r'"(?P<path>/[^"]*)"')


class NoStrace(Exception):
    """It is not there, or may not look on here."""


@dataclass
class Disk:
    """What of some files and folders was given to the kernel, and not yet brought to the disk."""

    looks_at: Sequence[str]
    waiting: set[str] = field(default_factory=set)
    syncs: int = 0
    answers: list[frozenset[str]] = field(default_factory=list)
    _under_way: dict[str, str] = field(default_factory=dict)

    def read(self, lines: Iterable[str]) -> None:
        for line in lines:
            if begun := _LINE.match(line):
                self._begun(begun["thread"], begun["call"], begun["given"])
            elif resumed := _RESUMED.match(line):
                self._ended(self._under_way.pop(resumed["thread"], ""), resumed["given"])

    def _begun(self, thread: str, call: str, given: str) -> None:
        if call in {"fsync", "fdatasync"}:
            path = _path(given)
            if given.rstrip().endswith("<unfinished ...>"):
                self._under_way[thread] = path
            else:
                self._ended(path, given)
        elif any(sign in given for sign in ACKNOWLEDGED) and not self._is_of_database(_path(given)):
            self.answers.append(frozenset(self.waiting))
        elif call in {"pwrite64", "pwritev", "write", "ftruncate"}:
            self._waits(_path(given))
        elif call in {"unlink", "unlinkat"}:
            name = _name(given)
            self.waiting.discard(name)
            self._waits(name, in_folder=True)
        elif call == "openat" and "O_CREAT" in given and _name(given).endswith("-journal"):
            self._waits(_name(given), in_folder=True)

    def _ended(self, path: str, said: str) -> None:
        if path and said.rstrip().endswith("= 0"):
            self.waiting.discard(path)
            self.syncs += self._is_of_database(path)

    def _waits(self, path: str, *, in_folder: bool = False) -> None:
        if self._is_of_database(path):
            self.waiting.add(str(PurePosixPath(path).parent) if in_folder else path)

    def _is_of_database(self, path: str) -> bool:
        return any(path == one or path.startswith((f"{one}-", f"{one}/")) for one in self.looks_at)


def _path(given: str) -> str:
    found = _FILE.match(given)
    return found["path"] if found else ""


def _name(given: str) -> str:
    found = _NAME.search(given)
    return found["path"] if found else ""


@contextmanager
def looked_on(pids: Sequence[int], disk: Disk, trace: Path) -> Iterator[None]:
    """Within the block; after it the disk has read what happened. Raises: NoStrace."""
    program = shutil.which("strace")
    if program is None:
        raise NoStrace("strace is not installed")
    line = [program, "-f", "-qq", "-y", "-s", "24", "-e", f"trace={CALLS}", "-o", str(trace)]
    told = trace.with_suffix(".told")
    with told.open("w") as said:
        looker = subprocess.Popen([*line, *(word for pid in pids for word in ("-p", str(pid)))], stderr=said)
    try:
        _wait_until_attached(looker, pids, told)
        yield
    finally:
        looker.send_signal(signal.SIGINT)
        looker.wait(SECONDS)
    disk.read(trace.read_text(errors="replace").splitlines())


def _wait_until_attached(looker: subprocess.Popen[bytes], pids: Sequence[int], told: Path) -> None:
    until = time.monotonic() + SECONDS
    while not all(_is_traced(pid, looker.pid) for pid in pids):
        if looker.poll() is not None or time.monotonic() > until:
            raise NoStrace(f"strace may not look on: {told.read_text()[:300]}")
        time.sleep(0.05)


def _is_traced(pid: int, by: int) -> bool:
    """Each of its threads."""
    statuses = Path(f"/proc/{pid}/task").glob("*/status")
    return all(f"TracerPid:\t{by}\n" in status.read_text() for status in statuses)
