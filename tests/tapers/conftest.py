"""What the tests of plans and their pages start from."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client

from taperplanner.tapers.models import Plan, Version

from ..world.plans import open_plan, signed_version
from ..world.universe import NOW, Universe


@pytest.fixture
def now() -> object:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def provider(universe: Universe) -> Client:
    return universe.client_of(universe.ours.provider)


@pytest.fixture
def plan(universe: Universe) -> Plan:
    return open_plan(universe.ours)


@pytest.fixture
def version(universe: Universe) -> Version:
    return signed_version(universe.ours)
