"""The product as it is deployed: a copy of what is installed, in production, with a database of its own."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from ..house.law import TOP

SECONDS: Final = 60
SETTINGS: Final = {
    "PRODUCTION": "true",
    "SECRET_KEY": "abcdefghijklmnopqrstuvwxyz-0123456789-ABCDEFGHIJKLMNOP",
    "AUDIT_KEYS": "2026:" + "a7d" * 11,
    "ALLOWED_HOSTS": "127.0.0.1,localhost",
    "SITE_ADDRESS": "https://taper.clinic.example",
    "BEHIND_HTTPS_PROXY": "true",
}


def installed(folder: Path) -> Path:
    for name in ("taperplanner", "templates", "static"):
        shutil.copytree(TOP / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(TOP / "manage.py", folder)
    (folder / ".venv").symlink_to(sys.prefix)
    return folder


def environment(folder: Path, **changed: str) -> dict[str, str]:
    inherited = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ}
    return inherited | SETTINGS | {"DATABASE_URL": f"sqlite:///{folder / 'clinic.sqlite3'}"} | changed


def run(folder: Path, line: str, **changed: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        line,
        shell=True,
        cwd=folder,
        env=environment(folder, **changed),
        capture_output=True,
        text=True,
        timeout=SECONDS * 5,
        check=False,
    )


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def asked(port: int, path: str, sent: bytes | None = None, **headers: str) -> urllib.request.Request:
    """As the proxy asks."""
    return urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", data=sent, headers={"X-Forwarded-Proto": "https"} | headers
    )


def text_at(port: int, path: str) -> str:
    with urllib.request.urlopen(asked(port, path), timeout=SECONDS) as answer:
        return str(answer.read().decode())


@contextmanager
def served(folder: Path, line: str, **changed: str) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """While `line` serves, with a port of its own and its log in served.log."""
    port = free_port()
    with (folder / "served.log").open("w") as log:
        server = subprocess.Popen(
            ["/bin/sh", "-c", f"exec {line} --port {port}"],
            cwd=folder,
            env=environment(folder, **changed),
            stdout=log,
            stderr=log,
            text=True,
        )
        try:
            _until_up(port, server)
            yield port, server
        finally:
            if server.poll() is None:
                server.terminate()
            server.wait(timeout=SECONDS)


def _until_up(port: int, server: subprocess.Popen[str]) -> None:
    until = time.monotonic() + SECONDS * 4
    while True:
        try:
            text_at(port, "/healthz")
        except (urllib.error.HTTPError, http.client.HTTPException):  # TLS answers plain HTTP so
            return
        except OSError:
            if time.monotonic() > until or server.poll() is not None:
                raise
            time.sleep(0.1)
        else:
            return
