"""What the tests of this room start from: the universe's Monday, and a signed plan that begins on it."""

from __future__ import annotations

import pytest
from django.test import Client
from time_machine import TimeMachineFixture

from taperplanner.tapers.models import Plan, Version

from ..world.plans import signed_version
from ..world.universe import NOW, Universe


@pytest.fixture(autouse=True)
def _monday(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def version(universe: Universe) -> Version:
    return signed_version(universe.ours)


@pytest.fixture
def plan(version: Version) -> Plan:
    return version.plan


@pytest.fixture
def staff(universe: Universe) -> Client:
    return universe.client_of(universe.ours.staff)


@pytest.fixture
def provider(universe: Universe) -> Client:
    return universe.client_of(universe.ours.provider)
