"""Serve the demo with the interpreter that runs this, and ask it for pages as a browser would."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from typing import Final

PAGES: Final = {"healthz": "", "account/login/": "Sign in", "static/css/app.css": "body"}
SECONDS: Final = 60


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def text_at(url: str, until: float) -> str:
    """The page's text, asked for again until the server is up. Raises: URLError after `until`."""
    while True:
        try:
            with urllib.request.urlopen(url, timeout=SECONDS) as answer:
                return str(answer.read().decode())
        except urllib.error.URLError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


port = free_port()
server = subprocess.Popen([sys.executable, "manage.py", "demo", "--port", str(port)])
try:
    for page, words in PAGES.items():
        assert words in text_at(f"http://localhost:{port}/{page}", time.monotonic() + SECONDS), page
        print(f"/{page} answers")
finally:
    server.terminate()
    server.wait(timeout=SECONDS)
