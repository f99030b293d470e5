"""What a form that makes something is: filled in, and what it makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.urls import reverse

from taperplanner.accounts.models import User
from taperplanner.tapers.models import Plan

from .universe import House


@dataclass(frozen=True)
class Filled:
    """A form that can be sent as it is, and who may send it."""

    url: str
    sent: Mapping[str, Any]
    by: User


@dataclass(frozen=True)
class Making:
    model: str
    fill: Callable[[House], Filled]

    @property
    def made(self) -> type[Model]:
        return apps.get_model(self.model)


def address_of(name: str, plan: Plan, *more: Any) -> str:
    return reverse(name, args=[plan.patient_id, plan.number, *more])
