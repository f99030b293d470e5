"""A browser page with nothing on it but what a test puts there, and the scripts as they lie in static/js.

No server and no database: the page's requests are answered here. What a script keeps from happening is
tried without the line that keeps it: see `Behaviours.kept_by`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Error, Page, Route

from ..browser.watch import Watch
from ..house.law import TOP

SCRIPTS: Final = TOP / "static" / "js"
ADDRESS: Final = "http://localhost/"  # nothing listens there
POLICY: Final = "default-src 'none'; script-src 'self'; connect-src 'self'; form-action 'self'"
KEEP_FAULTS: Final = (
    "window.faults = []; addEventListener('error', (event) => { faults.push(event.message); });"
)


class Stage:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.watch = Watch()
        self.asked: list[str] = []  # what the page asked for, beside its scripts
        self.answers: dict[str, tuple[int, str]] = {}
        self._texts = {path.name: path.read_text() for path in SCRIPTS.glob("*.js")}
        page.route("**/*", self._answer)
        page.add_init_script(KEEP_FAULTS)

    def show(self, *scripts: str, body: str, attributes: str = "") -> Page:
        """A page of this body, with these scripts of ours as modules."""
        tags = "".join(f'<script type="module" src="/static/js/{name}"></script>' for name in scripts)
        page = f'<!DOCTYPE html><html lang="en"><head>{tags}</head><body {attributes}>{body}</body></html>'
        self.answers["/"] = (200, page)
        self.page.goto(ADDRESS)
        return self.page

    def without(self, script: str, line: str, instead: str = "") -> None:
        """From now on the script is served without this text, which stands in it once."""
        assert self._texts[script].count(line) == 1, line
        self._texts[script] = self._texts[script].replace(line, instead)

    def faults(self) -> list[str]:
        """The errors of this page's scripts."""
        faults: list[str] = self.page.evaluate("faults")
        return faults

    def may_leave(self) -> bool:
        """Whether the page goes without asking."""
        return self.dispatch("window", "new Event('beforeunload', {cancelable: true})")

    def dispatch(self, target: str, event: str) -> bool:
        """Both are JavaScript. Returns whether the event went on as it would without us."""
        went_on: bool = self.page.evaluate(f"() => {target}.dispatchEvent({event})")
        return went_on

    def count(self, target: str, kind: str) -> Callable[[], int]:
        """Counts the events of this kind from now on."""
        self.page.evaluate(
            f"kind => {{ window.counted ??= {{}}; counted[kind] = 0;"
            f" {target}.addEventListener(kind, () => {{ counted[kind] += 1; }}); }}",
            kind,
        )
        return lambda: int(self.page.evaluate("kind => window.counted[kind]", kind))

    def _answer(self, route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path.startswith("/static/js/"):
            route.fulfill(body=self._texts[path.rpartition("/")[2]], content_type="text/javascript")
            return
        self.asked.append(path)
        status, body = self.answers.get(path, (404, ""))
        headers: dict[str, Any] = {"Content-Security-Policy": POLICY}
        route.fulfill(status=status, body=body, content_type="text/html", headers=headers)


@pytest.fixture
def stage(browser: Browser) -> Iterator[Stage]:
    context = browser.new_context()
    stage = Stage(context.new_page())
    stage.watch.look_at(context)
    yield stage
    context.close()


@dataclass(frozen=True)
class Behaviour:
    """What a script does: `check` fails where it does not. `line` keeps it, and stands in the script once."""

    check: Callable[[Stage], None]
    script: str
    line: str
    instead: str

    def __str__(self) -> str:
        return f"{self.script}: {self.check.__name__}"

    def is_missed(self, stage: Stage) -> bool:
        """Without its line: whether the check fails, or what it waits for does not come."""
        stage.without(self.script, self.line, self.instead)
        stage.page.set_default_timeout(500)
        try:
            self.check(stage)
        except (AssertionError, Error):
            return True
        return False


@dataclass
class Behaviours:
    script: str
    all: list[Behaviour] = field(default_factory=list)

    def kept_by(
        self, line: str, instead: str = ""
    ) -> Callable[[Callable[[Stage], None]], Callable[[Stage], None]]:
        """A decorator for the check of one behaviour."""

        def add(check: Callable[[Stage], None]) -> Callable[[Stage], None]:
            self.all.append(Behaviour(check, self.script, line, instead))
            return check

        return add
