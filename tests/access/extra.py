"""A form is sent what it did not ask for: every column of every model, beside what makes it valid.

The rows after it must be those after the same form alone. New ids, and columns that differ each time that the form alone
is sent (random values), are set aside; time stands still.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from html.parser import HTMLParser
from random import Random
from typing import Any, Final
from urllib.parse import urljoin

from django.apps import apps
from django.db import models, transaction
from django.http import HttpResponse
from django.test import Client

# What is kept of a form so that it is taken once is a digest of all that was sent.
SET_ASIDE: Final = frozenset({"accounts.SentForm", "sessions.Session"})
ID: Final = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}")
WORD: Final = "zqextra"
# The first that a column is.
VALUES: Final[Mapping[type[models.Field[Any, Any]], str]] = {
    models.BooleanField: "on",
    models.IntegerField: "7",
    models.DateTimeField: "2001-02-03 04:05:06",
    models.DateField: "02/03/2001",
    models.UUIDField: "0" * 31 + "7",
}
Rows = dict[str, list[dict[str, str]]]


class Page(HTMLParser):
    """What a browser would send of the form that posts to an address, and the names that it could send."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        self.sent: dict[str, list[str]] = {}
        self.names: set[str] = set()
        self._is_open = False
        self._select = self._text = ""

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "form":
            posts = given.get("method", "").lower() == "post"
            self._is_open = posts and urljoin(self.url, given.get("action", "")) == self.url
        if not self._is_open:
            return
        self.names |= {name}
        if tag == "select":
            self._select = name
        elif tag == "textarea":
            self._text = name
            self.sent[name] = [""]
        elif tag == "option" and self._select and "selected" in given:
            self._sends(self._select, given.get("value", ""))
        elif tag == "input" and name and _is_sent(given):
            self._sends(name, given.get("value", "on"))

    def handle_data(self, data: str) -> None:
        if self._text:
            self.sent[self._text] = [(self.sent[self._text][0] + data).removeprefix("\n")]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._is_open = False
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._text = ""

    def _sends(self, name: str, value: str) -> None:
        self.sent.setdefault(name, []).append(value)


def _is_sent(given: Mapping[str, str]) -> bool:
    return given.get("type") not in {"checkbox", "radio", "submit"} or "checked" in given


def every_model() -> list[type[models.Model]]:
    return [one for one in apps.get_models(include_auto_created=True) if one._meta.managed]


def every_column() -> dict[str, list[models.Field[Any, Any]]]:
    """By each name that a form could give it."""
    found: dict[str, list[models.Field[Any, Any]]] = {}
    for model in every_model():
        for column in model._meta.concrete_fields:
            for name in {column.name, column.attname}:
                found.setdefault(name, []).append(column)
    return found


def extra(names: Collection[str], seed: int) -> dict[str, str]:
    """A value for each column but those names: by chance one that fits one of the columns called so."""
    random = Random(seed)
    return {
        name: _value_for(random.choice(columns))
        for name, columns in sorted(every_column().items())
        if name not in names
    }


def _value_for(column: models.Field[Any, Any]) -> str:
    if isinstance(column, models.ForeignKey):
        last = column.related_model._base_manager.order_by("pk").last()  # type: ignore[union-attr]
        return str(last.pk) if last else "1"
    if column.choices:
        return str(column.choices[-1][0])
    return next((value for kind, value in VALUES.items() if isinstance(column, kind)), WORD)


def rows(known: str = "") -> Rows:
    """`known`: what stood in the rows before; an id that did not is new."""

    def said(value: Any) -> str:
        return ID.sub(lambda found: found[0] if _is_in(found[0], known) else "new", str(value))

    return {
        model._meta.label: sorted(
            ({name: said(value) for name, value in row.items()} for row in model._base_manager.values()),
            key=str,
        )
        for model in every_model()
        if model._meta.label not in SET_ASIDE
    }


def _is_in(one: str, known: str) -> bool:
    return not known or one in known or one.replace("-", "") in known


def after(client: Client, url: str, sent: Mapping[str, Any], known: str) -> tuple[HttpResponse, Rows]:
    """Nothing of it stays."""
    with transaction.atomic():
        answer: HttpResponse = client.post(url, sent)
        found = rows(known)
        transaction.set_rollback(True)
    return answer, found


def taken(
    client: Client, url: str, sent: Mapping[str, Any], names: Collection[str], seed: int
) -> Iterator[str]:
    """What differs with all columns added."""
    known = str(rows())
    alone, first = after(client, url, sent, known)
    _, second = after(client, url, sent, known)
    more, with_extra = after(client, url, {**extra({*names, *sent}, seed), **sent}, known)
    random = {(label, name) for label, name, _ in _differences(first, second)}
    if more.status_code != alone.status_code:
        yield f"{url} answers {more.status_code}, not {alone.status_code}"
    for label, name, values in _differences(first, with_extra):
        if (label, name) not in random:
            yield f"{url} takes {label}.{name}: {values}"


def _differences(one: Rows, other: Rows) -> Iterator[tuple[str, str, str]]:
    """A row that differs in a column, or that is there in one alone."""
    for label, left in one.items():
        right = other[label]
        if len(left) != len(right):
            yield label, "*", f"{len(left)} rows, and {len(right)}"
            continue
        for name in left[0] if left else ():
            before, now = sorted(row[name] for row in left), sorted(row[name] for row in right)
            if before != now:
                yield (
                    label,
                    name,
                    f"{sorted(set(before) - set(now))[:3]}, and {sorted(set(now) - set(before))[:3]}"[:200],
                )
