"""The demo's server, asked over real sockets as several browsers ask it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[2]
SLOW: Final = 5  # seconds; a page takes a tenth of one, and waited 30 where connections were counted
KEEPS_OPEN: Final = b"GET /static/icon.svg HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = int(listener.getsockname()[1])
    database = f"sqlite:///{tmp_path_factory.mktemp('demo') / 'demo.sqlite3'}"
    serve = f"from taperplanner.demo.serving import serve; serve({port})"
    server = subprocess.Popen(
        [sys.executable, "-c", serve], cwd=ROOT, env=os.environ | {"DATABASE_URL": database}
    )
    try:
        _until_up(port)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)


def _until_up(port: int) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            _seconds(port)
        except urllib.error.URLError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
        else:
            return


def _seconds(port: int) -> float:
    """How long the page takes on which one signs in."""
    began = time.monotonic()
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/account/login/", timeout=60) as answer:
        assert b"Sign in" in answer.read()
    return time.monotonic() - began


def _idle(port: int) -> socket.socket:
    """As a browser leaves it: one file was asked for, and the connection is kept."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=SLOW)
    connection.sendall(KEEPS_OPEN)
    assert connection.recv(1024)
    return connection


def test_sixty_four_idle_connections_do_not_slow_a_page(port: int) -> None:
    """Ten browsers keep six open each."""
    held = [_idle(port) for _ in range(64)]
    try:
        assert max(_seconds(port) for _ in range(5)) < SLOW
    finally:
        for connection in held:
            connection.close()
