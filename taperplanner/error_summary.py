"""What is wrong with the forms of a page, gathered at its top: each fault by its field's name, leading there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField


@dataclass(frozen=True, slots=True)
class Fault:
    """`label` and `anchor` (an id of the page) are empty where a fault is of no single field."""

    message: str
    label: str = ""
    anchor: str = ""


def faults_in(context: Mapping[Any, Any]) -> list[Fault]:
    """In the order of the forms and their fields; of each form once, wherever the page's context holds it.

    The forms are marked as said, so that what is of no single field is not said again where they are drawn.
    """
    faults: list[Fault] = []
    for form in {id(form): form for form in _forms_in(context)}.values():
        faults.extend(_faults_of(form))
        form.is_summed_up = True  # type: ignore[attr-defined]
    return faults


def _forms_in(part: object) -> Iterator[forms.BaseForm]:
    if isinstance(part, forms.BaseForm):
        if part.is_bound:
            yield part
    elif isinstance(part, Mapping):
        yield from _of_each(part.values())
    elif isinstance(part, list | tuple):
        yield from _of_each(part)


def _of_each(parts: Iterable[object]) -> Iterator[forms.BaseForm]:
    for part in parts:
        yield from _forms_in(part)


def _faults_of(form: forms.BaseForm) -> Iterator[Fault]:
    for message in form.non_field_errors():
        yield Fault(str(message))
    for name in form.fields:
        bound = form[name]
        for message in bound.errors:
            yield (
                Fault(str(message))
                if bound.is_hidden
                else Fault(str(message), str(bound.label), _anchor_of(bound))
            )


def _anchor_of(bound: BoundField) -> str:
    """Of several boxes or buttons the first one."""
    return bound.id_for_label or f"{bound.auto_id}_0"
