"""What somebody does to come through the pages, counted: each stop with its pages, fields, presses and letters."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Frame, Locator, Page


@dataclass
class Stop:
    """`pages` that were opened, `fields` that were filled, `presses` of a button, link, box or key, `letters` typed."""

    what: str
    pages: int = 0
    fields: int = 0
    presses: int = 0
    letters: int = 0


@dataclass
class Steps:
    """Of one person or of several, one after the other."""

    stops: list[Stop] = field(default_factory=list)

    def at(self, what: str) -> None:
        self.stops.append(Stop(what))

    @property
    def now(self) -> Stop:
        return self.stops[-1]

    def watch(self, page: Page) -> None:
        page.on("framenavigated", self._was_opened)

    def fill(self, page: Page, field: str, text: str) -> None:
        """`field`: a selector."""
        page.locator(field).fill(text)
        self.now.fields += 1
        self.now.letters += len(text)

    def tick(self, page: Page, *labels: str) -> None:
        for label in labels:
            page.get_by_label(label, exact=True).check()
            self.now.presses += 1

    def press(self, page: Page, name: str) -> None:
        self._click(page.get_by_role("button", name=name, exact=True))

    def follow(self, page: Page, name: str) -> None:
        self._click(page.get_by_role("link", name=name, exact=True).first)

    def save(self, page: Page) -> None:
        """The one button that a form is sent with."""
        self._click(page.locator("main form button.btn-primary"))

    def _click(self, what: Locator) -> None:
        what.click()
        self.now.presses += 1

    def total(self, what: str) -> int:
        return sum(getattr(stop, what) for stop in self.stops)

    def told(self) -> str:
        lines = [f"{'':34} pages fields presses letters"]
        lines += [
            f"{stop.what:34} {stop.pages:5} {stop.fields:6} {stop.presses:7} {stop.letters:7}"
            for stop in self.stops
        ]
        return "\n".join(lines)

    def _was_opened(self, frame: Frame) -> None:
        if frame.parent_frame is None and frame.url != "about:blank":
            self.now.pages += 1
