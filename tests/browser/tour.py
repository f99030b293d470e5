"""The pictures of the README: `python -m tests.browser.tour` makes a demo of its own, and looks at its pages.

They are of synthetic patients, each of the same size, and small: WebP, which the browser itself makes of what it drew.
"""

from __future__ import annotations

import base64
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
from tempfile import TemporaryDirectory
from typing import Final

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from .chromium import ARGUMENTS, PROGRAMS

TOP: Final = Path(__file__).resolve().parents[2]
FOLDER: Final = TOP / "docs/pictures"
SIZE: Final[ViewportSize] = {"width": 1280, "height": 760}
MOST_BYTES: Final = 60_000
SECONDS: Final = 300
EMAIL: Final = "provider@riverside.example"
PASSWORD: Final = "synthetic-clinic-2026"  # what the demo prints
# Each picture: the patient it is of, and what is clicked on their page, in order.
WORKLIST: Final = "worklist"
TOUR: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "patient": ("Boone, Walter", ()),
    "draft": ("Núñez Ortega, Tomás", ("Plan 1: clonazePAM", "Continue the draft")),
    "schedule": ("Boone, Walter", ("Plan 1: clonazePAM",)),
    "check-in": ("Okafor, Denise", ("Check in",)),
    "paper": ("Okafor, Denise", ("Plan 1: clonazePAM", "Print the handout")),
}
QUALITIES: Final = (0.6, 0.5, 0.4, 0.3, 0.2)
AS_WEBP: Final = """async ([png, quality]) => {
    const image = new Image();
    image.src = `data:image/png;base64,${png}`;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), {width: image.width, height: image.height});
    canvas.getContext("2d").drawImage(image, 0, 0);
    return canvas.toDataURL("image/webp", quality).split(",")[1];
}"""


@contextmanager
def demo() -> Iterator[str]:
    """The address of a demo that is made for this and forgotten."""
    with TemporaryDirectory() as folder, socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        listener.close()
        around = os.environ | {"DATABASE_URL": f"sqlite:///{folder}/demo.sqlite3"}
        server = subprocess.Popen(
            [sys.executable, "manage.py", "demo", "--port", str(port)], cwd=TOP, env=around
        )
        try:
            _wait_for(f"http://localhost:{port}/healthz")
            yield f"http://localhost:{port}"
        finally:
            server.terminate()
            server.wait(timeout=SECONDS)


def take(browser: Browser, address: str, folder: Path = FOLDER) -> list[Path]:
    """The pictures of the tour, in its order. `address`: where a demo is served."""
    context = browser.new_context(
        base_url=address, viewport=SIZE, reduced_motion="reduce", color_scheme="light", locale="en-US"
    )
    page = context.new_page()
    page.set_default_timeout(SECONDS * 1000)
    page.goto("/account/login/")
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Today").wait_for()
    page.close()
    page = context.new_page()
    page.goto("/")
    made = [_picture(page, folder / f"{WORKLIST}.webp")]
    for name, (patient, clicks) in TOUR.items():
        page = context.new_page()  # a draft's page would ask whether to leave it
        page.set_default_timeout(SECONDS * 1000)
        page.goto("/patients/")
        for words in (patient, *clicks):
            with page.expect_navigation():
                page.get_by_role("main").get_by_role("link", name=words).first.click()
        page.wait_for_load_state("networkidle")
        made.append(_picture(page, folder / f"{name}.webp"))
    return made


def _picture(page: Page, path: Path) -> Path:
    png = base64.b64encode(page.screenshot(full_page=True, clip={"x": 0, "y": 0, **SIZE})).decode()
    page.goto("about:blank")  # the product's own pages let nothing be drawn from elsewhere
    for quality in QUALITIES:
        path.write_bytes(base64.b64decode(page.evaluate(AS_WEBP, [png, quality])))
        if path.stat().st_size < MOST_BYTES:
            break
    page.close(run_before_unload=False)
    return path


def _chromium() -> str:
    found = next(filter(None, [os.environ.get("CHROMIUM"), *map(shutil.which, PROGRAMS)]), None)
    if found is None:
        raise SystemExit(
            "No Chromium was found. Install the system's package chromium, or name it in CHROMIUM."
        )
    return found


def _wait_for(address: str) -> None:
    until = time.monotonic() + SECONDS
    while True:
        try:
            urllib.request.urlopen(address, timeout=SECONDS).close()
        except urllib.error.URLError:
            if time.monotonic() > until:
                raise
            time.sleep(0.5)
        else:
            return


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with demo() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=ARGUMENTS)
        for path in take(browser, address):
            size = path.stat().st_size
            print(f"{path.relative_to(TOP)}: {size} bytes{' (too large)' if size > MOST_BYTES else ''}")
        browser.close()


if __name__ == "__main__":
    main()
