"""Who typed in a draft: recorded as it is saved, carried into the version, and found for drafts from before that."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from taperplanner.accounts.actions import add_user
from taperplanner.accounts.models import User
from taperplanner.accounts.permissions import Role
from taperplanner.tapers.draft.typed import from_json
from taperplanner.tapers.models import Draft, Plan, Version
from taperplanner.tapers.signed.second_check import TYPED, why_not_independent

from ..world.plans import (
    confirmed_draft,
    open_plan,
    save_draft,
    sign_plan,
    sign_revision,
    signed_version,
    start_revision,
    typed_schedule,
)
from ..world.tampering import again, past_the_triggers
from ..world.universe import NOW, Universe, confirm

typists = import_module("taperplanner.tapers.migrations.0007_typists_of_open_drafts")
one_open_plan = import_module("taperplanner.tapers.migrations.0008_one_open_plan_per_drug_in_any_case")


@pytest.fixture
def colleague(universe: Universe) -> User:
    user = add_user(
        clinic=universe.ours.clinic,
        email="second@riverside.example",
        name="Cora Checker",
        credentials="MD",
        roles=frozenset({Role.PROVIDER, Role.CHECKER}),
        by=universe.ours.manager,
        at=NOW,
    )
    return confirm(user)


def ids(*users: User) -> list[str]:
    return [str(user.pk) for user in users]


def columns(plan: Plan) -> dict[str, object]:
    return {field.attname: getattr(plan, field.attname) for field in Plan._meta.fields if field.name != "id"}


def test_a_version_holds_everybody_who_typed_in_its_draft(universe: Universe, colleague: User) -> None:
    house, plan = universe.ours, open_plan(universe.ours)
    assert plan.draft.typed_by == []
    save_draft(plan, typed_schedule(ending="stay"), house, by=colleague)
    save_draft(plan, typed_schedule(ending="stay"), house)  # the same again: nothing was typed
    assert Draft.objects.get(plan=plan).typed_by == ids(colleague)
    first = sign_plan(plan, house)
    assert first.typed_by == ids(colleague, house.provider)
    second = sign_revision(start_revision(first, house), house)
    assert second.typed_by == ids(house.provider)


def test_who_may_check_is_not_read_out_of_the_audit_log(universe: Universe, colleague: User) -> None:
    house, plan = universe.ours, open_plan(universe.ours)
    save_draft(plan, typed_schedule(ending="stay"), house, by=colleague)
    version = sign_plan(plan, house)
    past_the_triggers("DELETE FROM audit_event WHERE action = 'draft.saved'")
    assert why_not_independent(again(version), colleague) == TYPED


def test_who_typed_is_not_under_the_hash_of_a_version(universe: Universe) -> None:
    version = signed_version(universe.ours)
    past_the_triggers("UPDATE tapers_version SET typed_by = NULL")
    old = again(version)
    assert (old.typed_by, old.content_hash) == (None, version.content_hash)
    assert why_not_independent(old, universe.ours.staff) == ""


def test_typists_of_drafts_that_were_open_are_filled_from_the_log(
    universe: Universe, colleague: User
) -> None:
    """Only who saved since the newest version was signed; nobody twice; other plans' drafts stay their own."""
    house, plan = universe.ours, open_plan(universe.ours)
    save_draft(plan, typed_schedule(), house, NOW - timedelta(days=3))
    first = sign_plan(plan, house, at=NOW - timedelta(days=2))
    draft = start_revision(first, house)
    carried = from_json(draft.content)
    for minute, by in enumerate((colleague, house.provider, colleague)):
        save_draft(
            first.plan, confirmed_draft(carried, f"1{minute}"), house, NOW + timedelta(minutes=minute), by=by
        )
    Draft.objects.update(typed_by=[])
    typists.fill(apps, None)
    assert Draft.objects.get(plan=first.plan).typed_by == ids(colleague, house.provider)
    assert Version.objects.get().typed_by == ids(house.provider)


def test_a_drug_has_one_open_plan_whatever_its_letters(universe: Universe) -> None:
    plan = open_plan(universe.ours)
    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.create(**columns(plan) | {"number": 2, "drug": plan.drug.upper()})


def test_two_open_plans_of_one_drug_stop_the_migration_with_their_numbers(universe: Universe) -> None:
    plan = open_plan(universe.ours)
    one_open_plan.refuse_two(apps, None)
    past_the_triggers("DROP INDEX plan_open_once_per_patient_and_drug")
    Plan.objects.create(**columns(plan) | {"number": 2, "drug": plan.drug.upper()})
    with pytest.raises(RuntimeError, match=r"plan 1, plan 2\. End all but one"):
        one_open_plan.refuse_two(apps, None)
