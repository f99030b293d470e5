"""Each class of hostile input on forms that a seed chooses: see the package's own words for more of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from random import Random
from typing import Final

import pytest
from django.test import Client

from tests.world.universe import Universe

from .detectors import send
from .inputs import CLASSES
from .pages import Found, every_form

COUNT: Final = int(os.environ.get("HOSTILE_COUNT", "100"))
SEED: Final = int(os.environ.get("HOSTILE_SEED", "1"))


def cases(forms: dict[str, Found]) -> Iterator[tuple[str, str, Random]]:
    """Each class in its turn, and each form in its turn: both come up as often as the number allows."""
    names, random = sorted(forms), Random(SEED)
    random.shuffle(names)
    for number in range(COUNT):
        kind = list(CLASSES)[number % len(CLASSES)]
        yield kind, names[(number + number // len(CLASSES)) % len(names)], Random(f"{SEED} {number}")


def test_no_form_fails_shows_stores_or_logs_what_it_should_not(universe: Universe) -> None:
    forms = every_form(universe)
    assert len(forms) > 40
    wrong = []
    for kind, name, random in cases(forms):
        form = forms[name]
        wrong += [(one, kind, name[:160]) for one in send(form, CLASSES[kind](form.fields, random))]
    assert not wrong, f"{len(wrong)} of {COUNT}:\n" + "\n".join(map(str, wrong[:60]))


def test_the_classes_are_twenty() -> None:
    assert len(CLASSES) == 20


@pytest.mark.urls("tests.hostile.planted")
@pytest.mark.parametrize(
    ("fault", "seen"),
    [
        ("echoes", "unescaped"),
        ("raises", "answered 500"),
        ("shows-a-traceback", "shows a traceback"),
        ("stores", "keeps"),
        ("logs", "stands in the log"),
        ("injects", "a header was injected"),
    ],
)
def test_a_planted_fault_is_seen(universe: Universe, fault: str, seen: str) -> None:
    form = Found(f"/{fault}/", Client(raise_request_exception=False), {"text": ""})
    random = Random(1)
    bodies = (kind(form.fields, random) for kind in CLASSES.values() for _ in range(5))
    assert any(seen in wrong for body in bodies for wrong in send(form, body))


@pytest.mark.urls("tests.hostile.planted")
def test_a_view_without_a_fault_has_none(universe: Universe) -> None:
    form = Found("/sound/", Client(raise_request_exception=False), {"text": ""})
    random = Random(1)
    assert not [one for kind in CLASSES.values() for one in send(form, kind(form.fields, random))]
