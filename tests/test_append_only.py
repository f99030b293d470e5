"""What was signed is refused every change: by the model class, by the database, and by the hash."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction
from django.db.models import Model

from taperplanner.append_only import NeverChanges, append_only_models
from taperplanner.tapers.models import Dose, SignedProduct, Step, Version
from taperplanner.tapers.signed.content import Tampered, verified_content

from .world.plans import long_schedule, open_plan, sign_plan
from .world.tampering import again, past_the_triggers, run, signed_with_a_row_in_every_table
from .world.universe import Universe


@pytest.fixture
def version(universe: Universe) -> Version:
    return signed_with_a_row_in_every_table(universe)


CLASS_WALLS: dict[str, Callable[[Version], object]] = {
    "save": lambda version: version.save(),
    "delete": lambda version: version.delete(),
    "queryset update": lambda _: Version.objects.update(number=2),
    "queryset delete": lambda _: Version.objects.all().delete(),
    "a child's save": lambda version: version.steps.first().save(),
    "children's update": lambda version: version.steps.update(days=1),
    "children's delete": lambda version: version.doses.all().delete(),
    "bulk update": lambda version: Step.objects.bulk_update(version.steps.all(), ["days"]),
    "update or create": lambda version: Step.objects.update_or_create(version=version, position=1),
    "conflicting bulk create": lambda version: Step.objects.bulk_create([], update_conflicts=True),
    "Django's own quick delete": lambda version: Version.objects.all()._raw_delete("default"),
}


@pytest.mark.parametrize("act", CLASS_WALLS.values(), ids=CLASS_WALLS.keys())
def test_the_model_class_refuses(version: Version, act: Callable[[Version], object]) -> None:
    with pytest.raises(NeverChanges):
        act(version)
    verified_content(again(version))


@pytest.mark.parametrize("statement", ["UPDATE {table} SET id = id", "DELETE FROM {table}"])
def test_the_database_refuses_raw_sql(version: Version, statement: str) -> None:
    taken = [model.__name__ for model in append_only_models() if not is_refused(statement, model)]
    assert taken == []
    verified_content(again(version))


def is_refused(statement: str, model: type[Model]) -> bool:
    assert model._default_manager.exists(), (
        f"the trigger is only tried where there is a row: {model.__name__}"
    )
    try:
        run(statement.format(table=model._meta.db_table))
    except DatabaseError as refusal:
        return "append-only" in str(refusal)
    return False


@pytest.mark.parametrize("model", [Step, Dose, SignedProduct])
def test_nothing_is_added_to_a_version_that_is_whole(version: Version, model: type[Step]) -> None:
    late = model.objects.filter(version=version).first()
    late.pk, late._state.adding = model._meta.pk.get_default(), True
    for name in ("position", "number"):
        if hasattr(late, name):
            setattr(late, name, 99)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        late.save()


TAMPERING = {
    "a dose": f"UPDATE {Dose._meta.db_table} SET quantity_thousandths = 2000 WHERE position = 1",
    "days": f"UPDATE {Step._meta.db_table} SET days = 15 WHERE position = 1",
    "a note": f"UPDATE {Step._meta.db_table} SET note = 'take more' WHERE position = 1",
    "a strength": f"UPDATE {SignedProduct._meta.db_table} SET strength_nanograms = 2000000 WHERE number = 1",
    "the first day": f"UPDATE {Version._meta.db_table} SET first_day = '2026-03-03'",
    "the last day": f"UPDATE {Version._meta.db_table} SET last_day = '2026-12-31'",
    "the ending": f"UPDATE {Version._meta.db_table} SET ending = 'stay'",
    "the signer": f"UPDATE {Version._meta.db_table} SET signed_by_name = 'Somebody Else'",
    "the patient": f"UPDATE {Version._meta.db_table} SET patient_mrn = 'B-2'",
    "a dose taken out": f"DELETE FROM {Dose._meta.db_table} WHERE position = 6",
}


@pytest.mark.parametrize("statement", TAMPERING.values(), ids=TAMPERING.keys())
def test_what_gets_past_the_triggers_is_found_by_the_hash(version: Version, statement: str) -> None:
    past_the_triggers(statement)
    with pytest.raises(Tampered):
        verified_content(again(version))


def test_a_reason_taken_out_of_the_acknowledgements_is_found_by_the_hash(universe: Universe) -> None:
    version = sign_plan(open_plan(universe.ours), universe.ours, long_schedule(3))
    assert [one["reason"] for one in version.acknowledgements] == ["Meant, for this test."]
    past_the_triggers(f"UPDATE {Version._meta.db_table} SET acknowledgements = '[]'")
    with pytest.raises(Tampered):
        verified_content(again(version))
