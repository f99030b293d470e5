"""The page that asks whoever holds a paper for its code."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client

from taperplanner.handouts.paper.codes import new_code, written
from taperplanner.handouts.paper.layouts import Choice
from taperplanner.tapers.models import Version

from ..world.plans import signed_version
from ..world.printing import print_handout
from ..world.universe import NOW, Universe


def test_whoever_types_a_code_gets_the_answer_of_the_drawn_one(universe: Universe) -> None:
    with time_machine.travel(NOW):
        version = signed_version(universe.ours)
        version = Version.objects.select_related("plan__patient__clinic").get(pk=version.pk)
        copy = print_handout(version=version, choice=Choice(), by=universe.ours.staff, at=NOW)
        page = Client().get("/handouts/", {"code": copy.written_code.lower()}).content.decode()
    assert "This paper is current" in page
    for told in ("Rivera", "A-1001", "1980", "Riverside", "555-0100", "Priya"):
        assert told not in page


def test_the_page_for_a_code_has_one_field_in_both_languages_and_says_what_the_words_rest_on(
    universe: Universe,
) -> None:
    answer = Client().get("/handouts/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.count("<input") == 1
    assert "Is your paper still right?" in page
    assert "¿Su hoja sigue vigente?" in page
    assert "Fuentes: " in page


@pytest.mark.parametrize("address", ["/handouts/{}/", "/handouts/?code={}"])
def test_an_unknown_code_says_not_to_stop_suddenly(universe: Universe, address: str) -> None:
    answer = Client().get(address.format(written(new_code())))
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "Do not stop your medicine suddenly." in page
    assert "No deje su medicina de golpe." in page


def test_codes_cannot_be_typed_without_end(universe: Universe, settings: object) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"handout_code": "2/m/ip"}  # type: ignore[attr-defined]
    answers = [Client().get("/handouts/", {"code": written(new_code())}).status_code for _ in range(3)]
    assert answers == [404, 404, 429]
