"""What must be true of any answer, whatever was sent."""

from __future__ import annotations

import io
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.apps import apps
from django.db import models, transaction
from django.http import HttpResponse

from taperplanner.text import Hidden, as_typed

from .inputs import CANARY, Body
from .pages import Found

SLOWEST: Final = 20.0
# Raw, in a page, only where it was not escaped.
UNESCAPED: Final = (
    f"<b id={CANARY}",
    f"<script>{CANARY}",
    f"' onfocus={CANARY} x='",
    f"<!--{CANARY}",
    f"<{CANARY}>",
)


def send(form: Found, body: Body) -> list[str]:
    """What was wrong with the answer. Nothing stays behind."""
    with transaction.atomic(), lines_logged() as log:
        began = time.monotonic()
        answer = form.client.generic("POST", form.url, body.content, body.content_type)
        took = time.monotonic() - began
        wrong = [*of_answer(answer, took), *of_log(log.getvalue()), *of_rows()]
        transaction.set_rollback(True)
    return wrong


def of_answer(answer: HttpResponse, took: float) -> Iterator[str]:
    if answer.status_code >= 500:
        yield f"answered {answer.status_code}"
    if took > SLOWEST:
        yield f"took {took:.0f} s"
    text = (
        b"".join(answer.streaming_content).decode()
        if answer.streaming
        else answer.content.decode("utf-8", "replace")
    )
    if "Traceback (most recent call last)" in text:
        yield "shows a traceback"
    if "html" in answer.get("Content-Type", ""):
        yield from (f"shows {raw} unescaped" for raw in UNESCAPED if raw in text)
    for name, value in answer.headers.items():
        if "X-Injected" in name or "\n" in value or "\r" in value:
            yield f"a header was injected: {name}"


def of_log(text: str) -> Iterator[str]:
    if CANARY in text:
        yield "what was typed stands in the log"
    if "Traceback (most recent call last)" in text:
        yield "a traceback stands in the log"


def of_rows() -> Iterator[str]:
    """No text is stored that the rules of the pages refuse."""
    for model in apps.get_models():
        if not model.__module__.startswith("taperplanner."):
            continue
        names = [
            one.name
            for one in model._meta.concrete_fields
            if isinstance(one, models.CharField | models.TextField)
        ]
        for row in model._base_manager.values_list(*names) if names else ():
            for name, text in zip(names, row, strict=True):
                if text and CANARY in text and not may_stand(text):
                    yield f"{model.__name__}.{name} keeps {text[:40]!r}"


def may_stand(text: str) -> bool:
    try:
        return as_typed(text) == text
    except Hidden:
        return False


@contextmanager
def lines_logged() -> Iterator[io.StringIO]:
    """As the product's own handler writes them."""
    written = io.StringIO()
    handlers = [one for one in logging.getLogger().handlers if type(one) is logging.StreamHandler]
    before = [(handler, handler.setStream(written)) for handler in handlers]
    try:
        yield written
    finally:
        for handler, stream in before:
            handler.setStream(stream)
