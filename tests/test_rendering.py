"""A template that asks for a name it was not given fails the test that renders it, wherever it asks."""

from __future__ import annotations

import pytest
from django.template import engines
from django.test import RequestFactory

from taperplanner.accounts.context import permissions

from .rendering import TOP, Undefined


def asked(text: str, undefined: Undefined, **given: object) -> list[str]:
    """What is noted of a template of ours with this text."""
    page = engines["django"].from_string(text)
    page.template.name, page.template.origin.name = "page.html", f"{TOP}/templates/page.html"
    page.render(given)
    found, undefined.names[:] = [*undefined.names], []
    return found


@pytest.mark.parametrize(
    "text",
    [
        "{{ patiemt }}",
        "{{ patiemt.name }}",
        "{{ patient.nmae }}",
        "{% if patiemt %}yes{% endif %}",
        "{% if patient and patient.nmae == 'Ana' %}yes{% endif %}",
        "{% for one in patiemt %}{{ one }}{% endfor %}",
        "{% with name=patiemt %}{{ name }}{% endwith %}",
        "{{ patiemt|default:'nobody' }}",
    ],
)
def test_a_misspelt_name_is_noted(text: str, undefined: Undefined) -> None:
    (found,) = asked(text, undefined, patient={"name": "Ana"})
    assert found in {"page.html: patiemt", "page.html: patiemt.name", "page.html: patient.nmae"}


def test_a_name_that_is_given_is_not() -> None:
    """The fixture that every test has fails this one otherwise."""
    page = engines["django"].from_string("{% if patient.name %}{{ patient.name }}{% endif %}")
    assert page.render({"patient": {"name": "Ana"}}) == "Ana"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{# Takes: plan, and note if there is one. #}\n{% if note %}{{ note.text }}{% endif %}", []),
        ("{# Takes: plan, and note if there is one. #}\n{% if note.text %}{{ note.text }}{% endif %}", []),
        ("{# Takes: plan. #}\n{% if plan.note.text %}{{ plan.note.text }}{% endif %}", []),
        ("{# Takes: plan, and note if there is one. #}\n{% if nota %}{{ nota.text }}{% endif %}", ["nota"]),
        ("{# Takes: plan, and note if there is one. #}\n{% if plan.nmae %}yes{% endif %}", ["plan.nmae"]),
    ],
)
def test_what_the_first_line_says_may_be_left_out_as_a_whole(
    text: str, found: list[str], undefined: Undefined
) -> None:
    assert asked(text, undefined, plan={"name": "Ana", "note": None}) == [
        f"page.html: {name}" for name in found
    ]


def test_a_permission_that_there_is_not_is_noted(undefined: Undefined) -> None:
    given = permissions(RequestFactory().get("/"))
    assert asked("{% if may.sign_plan %}{% endif %}", undefined, **given) == []
    assert asked("{% if may.sing_plan %}{% endif %}", undefined, **given) == ["page.html: may.sing_plan"]
