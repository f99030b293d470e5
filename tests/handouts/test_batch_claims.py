"""Two who go on with one batch share it: each patient is printed once, and what was left unfinished is taken up."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from taperplanner.handouts.batches import actions
from taperplanner.handouts.models import CLAIM_LASTS, ItemState, PrintedHandout
from taperplanner.handouts.printing.job import PrintJob
from taperplanner.handouts.printing.render import set_paper
from taperplanner.typesetting import LONGEST_SECONDS

from ..world.printing import address_of
from ..world.universe import NOW, Universe
from .test_batches import batch_of, plan_of


@pytest.fixture(autouse=True)
def _now() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


def test_who_asks_second_gets_the_next_patient(universe: Universe) -> None:
    plans = [plan_of(universe.ours, name) for name in ("Adams", "Baker")]
    items = batch_of(universe.ours, *plans).items
    claimed = [items.claim_next() for _ in range(3)]
    assert [item.plan if item else None for item in claimed] == [*plans, None]


def test_what_was_left_unfinished_is_taken_up_and_its_first_claim_prints_nothing(universe: Universe) -> None:
    plan = plan_of(universe.ours, "Adams")
    items = batch_of(universe.ours, plan).items
    first = items.claim_next()
    with time_machine.travel(NOW + CLAIM_LASTS + timedelta(seconds=1), tick=False):
        second = items.claim_next()
    assert first is not None
    assert second is not None
    assert first.pk == second.pk
    version = plan.versions.get()
    version.plan = second.plan
    job, by = PrintJob(version, at=NOW), universe.ours.staff
    for item, is_lost in ((first, True), (second, False), (second, True)):
        paper = set_paper(job, address_of)
        if is_lost:
            with pytest.raises(actions.ClaimLost):
                actions.print_item(item=item, job=job, paper=paper, by=by, at=NOW)
        else:
            actions.print_item(item=item, job=job, paper=paper, by=by, at=NOW)
    assert PrintedHandout.objects.count() == 1
    assert items.get().state == ItemState.PRINTED


def test_a_claim_lasts_longer_than_any_paper_is_waited_for() -> None:
    assert timedelta(seconds=2 * LONGEST_SECONDS) < CLAIM_LASTS
