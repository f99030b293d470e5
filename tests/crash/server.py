"""`manage.py serve` as it is deployed, started, killed and started again at the same port."""

from __future__ import annotations

import http.client
import subprocess
import time
from pathlib import Path
from random import Random
from typing import Final

from taperplanner.typesetting import SETS_ONE

from ..serving.deployed import environment, free_port, text_at
from .processes import children_of, command_of, kill, kill_with_children

SECONDS: Final = 300
WORKERS: Final = 4
SETTING: Final = SETS_ONE.name


class Server:
    def __init__(self, folder: Path, address: str, *, workers: int = WORKERS, **changed: str) -> None:
        self.folder, self.workers, self.port = folder, workers, free_port()
        given = {"DATABASE_URL": address, "DATABASE_ONE_ROLE": "true", "LOG_FORMAT": "json"}
        self.environment = environment(folder, **{**given, **changed})
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def process(self) -> subprocess.Popen[bytes]:
        assert self._process is not None, "it was not started"
        return self._process

    @property
    def log(self) -> Path:
        return self.folder / "served.log"

    def start(self) -> None:
        line = [".venv/bin/python", "manage.py", "serve", "--port", str(self.port)]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*line, "--workers", str(self.workers)],
                cwd=self.folder,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.wait_until_up()

    def wait_until_up(self) -> None:
        until = time.monotonic() + SECONDS
        while not self.is_up():
            if self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"It is not served:\n{self.log.read_text()[-3000:]}")
            time.sleep(0.1)

    def is_up(self) -> bool:
        try:
            return text_at(self.port, "/healthz") == "ok\n"
        except (OSError, http.client.HTTPException):
            return False

    def kill(self) -> None:
        kill_with_children(self.process)

    def kill_worker(self, chance: Random) -> None:
        """One of its processes; the others go on, and it begins another one. The kernel's list of children has gaps while one
        of them comes or goes, so it is asked until it names some."""
        until = time.monotonic() + SECONDS
        while not (workers := self.worker_ids()):
            if time.monotonic() > until:
                raise RuntimeError(f"It has no processes:\n{self.log.read_text()[-3000:]}")
            time.sleep(0.05)
        kill(chance.choice(workers))

    def worker_ids(self) -> list[int]:
        """Those that answer; one that sets a paper is begun by one of them."""
        return [pid for pid in children_of(self.process.pid) if "serve" in command_of(pid)]

    def setting_ids(self) -> list[int]:
        """Those that set a paper now."""
        return [pid for pid in children_of(self.process.pid) if SETTING in command_of(pid)]

    def stop(self) -> None:
        """As an administrator stops it."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(SECONDS)
            except subprocess.TimeoutExpired:
                kill_with_children(self._process)
