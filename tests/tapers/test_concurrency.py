"""Many hands at once, on a real database: one version, one open plan, and nobody's text lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep
from typing import TypeVar

import pytest
from django.db import connections
from django.db.models import Model

from taperplanner.doses import parse_dose, parse_quantity
from taperplanner.patients.models import Patient
from taperplanner.saving import Conflict, lock_unchanged
from taperplanner.tapers import actions, locking
from taperplanner.tapers.draft.typed import TypedDraft, TypedStep, from_json
from taperplanner.tapers.models import Draft, Plan, SignedProduct, State, Version
from taperplanner.tapers.schedule.schedule import Form

from ..world.people import ana, clonazepam_record, medication_record
from ..world.plans import DETAILS, TODAY, open_plan, save_draft, typed_schedule
from ..world.universe import NOW, Universe, build

M = TypeVar("M", bound=Model)
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def universe(transactional_db: None) -> Universe:
    """Built after the database was emptied, and committed, so that other threads see it."""
    return build()


def at_once(count: int, act: Callable[[int], str], workers: int = 16) -> Counter[str]:
    """Run an act so many times from threads that start together; count what each one said."""
    start = Barrier(workers)

    def run(number: int) -> str:
        if number < workers:
            start.wait(timeout=30)
        try:
            return act(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(workers) as pool:
        return Counter(pool.map(run, range(count)))


def test_fifty_signatures_at_once_make_one_version(universe: Universe) -> None:
    draft = save_draft(open_plan(universe.ours), typed_schedule(), universe.ours)

    def sign(_: int) -> str:
        try:
            actions.sign_draft(
                draft=draft,
                revision=draft.revision,
                reasons={},
                today=TODAY,
                by=universe.ours.provider,
                at=NOW,
            )
        except actions.AlreadySigned:
            return "already signed"
        return "signed"

    assert at_once(50, sign) == {"signed": 1, "already signed": 49}
    version = Version.objects.get()
    assert (version.steps.count(), version.doses.count()) == (6, 11)


def test_signing_a_draft_and_ending_its_plan_at_once_do_not_wait_for_each_other(
    universe: Universe, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each holds its first row for a while: in two orders, neither could go on."""
    plan = open_plan(universe.ours)
    draft = save_draft(plan, typed_schedule(), universe.ours)
    plan.refresh_from_db()

    def slow(row: M, *, revision: int) -> M:
        locked = lock_unchanged(row, revision=revision)
        sleep(0.3)
        return locked

    monkeypatch.setattr(locking, "lock_unchanged", slow)
    given = {"by": universe.ours.provider, "at": NOW}

    def act(number: int) -> str:
        try:
            if number:
                actions.end_plan(
                    plan=plan, revision=plan.revision, state=State.WITHDRAWN, reason="Twice", **given
                )
                return "ended"
            actions.sign_draft(draft=draft, revision=draft.revision, reasons={}, today=TODAY, **given)
        except actions.CannotEnd:
            return "a draft was open"
        return "signed"

    said = at_once(2, act, workers=2)
    assert said["signed"] == 1
    assert said["ended"] + said["a draft was open"] == 1


def test_two_hundred_edits_at_once_lose_none(universe: Universe) -> None:
    plan = open_plan(universe.ours)
    save_draft(plan, TypedDraft(), universe.ours)

    def add_a_row(number: int) -> str:
        while True:
            draft = Draft.objects.get(plan=plan)
            before = from_json(draft.content)
            mine = TypedDraft(steps=(*before.steps, TypedStep(note=f"row {number}")))
            try:
                actions.save_draft(
                    draft=draft, revision=draft.revision, typed=mine, by=universe.ours.provider, at=NOW
                )
            except Conflict:
                continue
            return "saved"

    assert at_once(200, add_a_row, workers=3) == {"saved": 200}  # more would wait for each other's 200 rows
    notes = sorted(step.note for step in from_json(Draft.objects.get(plan=plan).content).steps)
    assert notes == sorted(f"row {number}" for number in range(200))


def test_two_who_open_a_plan_for_one_drug_at_once_make_one(universe: Universe) -> None:
    patient, provider = ana(universe.ours), universe.ours.provider
    records = [clonazepam_record(patient, provider), medication_record(patient, provider, name="clonazepam")]

    def open_one(number: int) -> str:
        try:
            actions.open_plan(
                patient=Patient.objects.get(pk=patient.pk),
                medication=records[number % 2],
                details=DETAILS,
                by=provider,
                at=NOW,
            )
        except actions.CannotOpenPlan:
            return "refused"
        return "opened"

    assert at_once(16, open_one) == {"opened": 1, "refused": 15}
    assert Plan.objects.count() == 1


def test_products_added_at_once_have_numbers_of_their_own(universe: Universe) -> None:
    plan = open_plan(universe.ours)
    product = actions.ProductDetails(
        **{
            name: getattr(plan.products.get(number=1).as_data(), name)
            for name in ("form", "strength", "smallest_part")
        }
    )

    def add(_: int) -> str:
        actions.add_product(plan=plan, details=product, is_another=True, by=universe.ours.provider, at=NOW)
        return "added"

    assert at_once(16, add) == {"added": 16}
    assert sorted(plan.products.values_list("number", flat=True)) == list(range(1, 19))


def test_the_same_product_added_at_once_is_kept_once_and_asked_about(universe: Universe) -> None:
    plan = open_plan(universe.ours)
    product = actions.ProductDetails(Form.TABLET, parse_dose("2"), parse_quantity("1"))

    def add(_: int) -> str:
        try:
            actions.add_product(plan=plan, details=product, by=universe.ours.provider, at=NOW)
        except actions.SameProduct:
            return "asked"
        return "added"

    assert at_once(16, add) == {"added": 1, "asked": 15}


def test_of_fifty_corrections_at_once_one_is_kept_and_the_others_are_told(universe: Universe) -> None:
    plan = open_plan(universe.ours)
    product = plan.products.get(number=2)
    product.plan = plan
    details = actions.ProductDetails(Form.TABLET, parse_dose("0.5"), parse_quantity("1"))

    def correct(_: int) -> str:
        try:
            actions.correct_product(
                product=product, revision=product.revision, details=details, by=universe.ours.provider, at=NOW
            )
        except Conflict:
            return "told"
        return "corrected"

    assert at_once(50, correct) == {"corrected": 1, "told": 49}


def test_a_product_is_signed_as_it_was_or_as_it_is_corrected_and_never_changed_after(
    universe: Universe,
) -> None:
    plan = open_plan(universe.ours)
    draft = save_draft(plan, typed_schedule(), universe.ours)
    product = plan.products.get(number=2)
    product.plan = plan
    details = actions.ProductDetails(Form.TABLET, parse_dose("0.5"), parse_quantity("½"), maker="Other Labs")

    def act(number: int) -> str:
        try:
            if number % 2:
                actions.correct_product(
                    product=product,
                    revision=product.revision,
                    details=details,
                    by=universe.ours.provider,
                    at=NOW,
                )
                return "corrected"
            actions.sign_draft(
                draft=draft,
                revision=draft.revision,
                reasons={},
                today=TODAY,
                by=universe.ours.provider,
                at=NOW,
            )
        except (Conflict, actions.AlreadySigned, actions.CannotEditProduct):
            return "refused"
        return "signed"

    outcomes = at_once(16, act)
    assert outcomes in ({"signed": 1, "refused": 15}, {"corrected": 1, "refused": 15})
    signed_with = [row.maker for row in SignedProduct.objects.filter(number=2)]
    assert signed_with in ([], ["Made Up Labs"])
