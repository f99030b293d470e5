"""Somebody who works in the clinic while something is wrong, and what they must be told."""

from __future__ import annotations

import html
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from random import Random
from threading import Event
from typing import Final
from uuid import uuid4

from django.db import connections

from .checking import check
from .clients import Answer, Person, ask, typed
from .clinic import NAME, Clinic, prepare
from .databases import Database
from .ledger import DISPENSING, Ledger
from .running import install
from .server import Server

LONGEST: Final = 5.0  # seconds
LONGEST_PAPER: Final = 60  # seconds
MOST: Final = 400  # forms until a disk is full to the last page
FULL: Final = "Not saved: the server’s disk is full"
AWAY: Final = "the database does not answer"


class Trouble:
    """`wrong`: a sentence for each thing that is not as it must be."""

    def __init__(self, server: Server, clinic: Clinic, vendor: str) -> None:
        self.server, self.clinic, self.vendor = server, clinic, vendor
        self.ledger, self.wrong, self.slowest = Ledger(), list[str](), 0.0
        self.place = clinic.places[0]
        self.count = 0
        self.sent: dict[str, str] = {}

    @classmethod
    @contextmanager
    def at_work(cls, database: Database, folder: Path, vendor: str) -> Iterator[Trouble]:
        """With one plan signed, and its pages read once."""
        install(folder)
        clinic = prepare(1, 1)
        server = Server(folder, database.address, workers=1)
        server.start()
        try:
            trouble = cls(server, clinic, vendor)
            alone = Person(server.port, clinic, clinic.places, trouble.ledger, Event(), Random(1))
            alone.draft(trouble.place)
            alone.sign(trouble.place)
            yield trouble
        finally:
            server.stop()
            connections.close_all()  # else the disk could not be taken away

    def is_full(self) -> None:
        answer = next((one for one in map(self._next, range(MOST)) if one.status != HTTPStatus.FOUND), None)
        if answer is None:
            self.wrong.append("the disk was never full")
            return
        self._must_be(answer, HTTPStatus.INSUFFICIENT_STORAGE, FULL, "the disk is full")
        page = self._get(self.place.at)
        if page.status != HTTPStatus.OK or NAME.encode() not in page.page:
            self.wrong.append(f"the disk is full: the plan's page answers {page.status}")

    def is_away(self, how: str) -> None:
        self.slowest = 0
        for what, answer in (("a form", self._next(0)), ("a page", self._get(self.place.at))):
            self._must_be(
                answer, HTTPStatus.SERVICE_UNAVAILABLE, AWAY, f"{how}: {what}", is_form=what == "a form"
            )
            if "no-store" not in answer.cache:
                self.wrong.append(f"{how}: {what} may be kept by a browser: {answer.cache!r}")
            if NAME.encode() in answer.page:
                self.wrong.append(f"{how}: {what} names the patient")
        if self._get("/healthz").status != HTTPStatus.SERVICE_UNAVAILABLE:
            self.wrong.append(f"{how}: /healthz says that all is well")
        if self.slowest > LONGEST:
            self.wrong.append(f"{how}: an answer took {self.slowest:.1f} s")

    def is_over(self, what: str) -> None:
        """The same form is sent again, with its key; twice, to see that it is taken once."""
        for _ in range(2):
            answer = self._post()
            if answer.status != HTTPStatus.FOUND:
                self.wrong.append(f"after {what}: the form answers {answer.status}")
                return
        self.ledger.acknowledge(self.ledger.sent(DISPENSING, self.place, self.sent["quantity"]))
        found = check(self.ledger)
        connections.close_all()  # this process's own, before the database is killed again
        self.wrong += [f"after {what}: {one}" for one in [*found.lost, *found.doubled, *found.partial]]

    def is_ended(self) -> None:
        """As an administrator ends it, while a paper is set: whoever waits for the paper has it, and the server ends."""
        paper = f"{self.place.at}versions/1/handout/print/preview/?layout=checklist&size=large&language=en"
        with ThreadPoolExecutor(1) as browser:
            waiting = browser.submit(self._get, paper)
            while not waiting.done() and not self.server.setting_ids():
                time.sleep(0.005)
            if waiting.done():
                self.wrong.append("nobody saw the paper being set")
            self.server.process.terminate()
            answer = waiting.result(LONGEST_PAPER)
        if answer.status != HTTPStatus.OK:
            self.wrong.append(f"ended while a paper was set: it is answered {answer.status}")
        if ended := self.server.process.wait(LONGEST_PAPER):
            self.wrong.append(f"ended while a paper was set: it ends with {ended}")

    def told(self) -> int:
        print(f"{self.vendor}: {self.count} forms were sent")
        for sentence in self.wrong:
            print(f"* {sentence}")
        print(f"wrong: {len(self.wrong)}")
        return 1 if self.wrong else 0

    def _next(self, _: int) -> Answer:
        """A form of its own, which is acknowledged or not."""
        self.count += 1
        self.sent = {"product": "2", "quantity": str(self.count), "dispensed_on": typed(self.clinic.today)}
        self.sent["once"] = uuid4().hex
        answer = self._post()
        if answer.status == HTTPStatus.FOUND:
            self.ledger.acknowledge(self.ledger.sent(DISPENSING, self.place, self.sent["quantity"]))
        return answer

    def _post(self) -> Answer:
        return self._timed("POST", f"{self.place.at}supply/add/", self.sent)

    def _get(self, url: str) -> Answer:
        return self._timed("GET", url, None)

    def _timed(self, method: str, url: str, sent: dict[str, str] | None) -> Answer:
        began = time.monotonic()
        answer = ask(self.server.port, method, url, self.clinic.staff, sent)
        self.slowest = max(self.slowest, time.monotonic() - began)
        return answer

    def _must_be(
        self, answer: Answer, status: HTTPStatus, says: str, when: str, *, is_form: bool = True
    ) -> None:
        page = html.unescape(answer.page.decode())
        if answer.status != status:
            self.wrong.append(f"{when}: {answer.status} instead of {status.value}")
        if is_form and says not in page:
            self.wrong.append(f"{when}: the page does not say “{says}”")
        kept = {name: value for name, value in self.sent.items() if f'name="{name}" value="{value}"' in page}
        if is_form and kept != self.sent:
            self.wrong.append(f"{when}: of what was typed only {sorted(kept)} came back")
