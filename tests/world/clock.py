"""A clock that differs, as a watch finds it, and a manager who has looked."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from taperplanner.clock.actions import look_at_clock, note_differences
from taperplanner.clock.models import ClockDifference
from taperplanner.clock.rule import Difference, Source

from .making import Filled
from .universe import NOW, House

SENTENCE = "Our administrator has set the clock right"


def clock_differs(
    house: House, source: Source = Source.DATABASE, seconds: int = 120, *, at: datetime = NOW
) -> ClockDifference:
    found = [Difference(source, seconds)]
    [difference] = note_differences(clinic=house.clinic, found=found, server="app-1", by=None, at=at)
    return difference


def clock_was_looked_at(house: House) -> ClockDifference:
    difference = clock_differs(house)
    look_at_clock(clinic=house.clinic, up_to=difference.number, sentence=SENTENCE, by=house.manager, at=NOW)
    return difference


def looked(house: House) -> Filled:
    sent = {"sentence": SENTENCE, "revision": str(clock_differs(house).number)}
    return Filled(reverse("clock:differences"), sent, house.manager)
