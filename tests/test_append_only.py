"""What was signed is refused every change: by the model class, by the database, and by the hash."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core import checks
from django.db import DatabaseError, connection, transaction

from taperplanner.append_only import (
    NeverChanges,
    append_only_models,
    check_triggers,
    drop_triggers,
    install_triggers,
    missing_triggers,
)
from taperplanner.handouts.actions import print_handout, say_outcome
from taperplanner.handouts.layouts import Choice
from taperplanner.handouts.models import Outcome
from taperplanner.patients.medications.actions import review_medications
from taperplanner.patients.medications.reviews import list_revision_of
from taperplanner.tapers.actions import check_version
from taperplanner.tapers.models import Dose, SignedProduct, Step, Version
from taperplanner.tapers.signed import Tampered, load

from .monitoring.course import write_everything
from .protocols.notes import add_note
from .tampering import past_the_triggers, settle
from .tapers.plans import signed
from .universe import NOW, Universe


@pytest.fixture
def version(universe: Universe) -> Version:
    version = signed(universe.ours)
    patient = version.plan.patient
    shown = list_revision_of([record.revision for record in patient.medications.all()])
    review_medications(patient=patient, list_revision=shown, by=universe.ours.provider, at=NOW)
    doses = [step.dose for step in load(again(version)).schedule.steps]
    check_version(version=again(version), typed=doses, by=universe.ours.staff, at=NOW)
    add_note(universe.ours)
    write_everything(again(version).plan, universe.ours)
    copy = print_handout(version=again(version), choice=Choice(), by=universe.ours.staff, at=NOW)
    say_outcome(copy=copy, outcome=Outcome.COLLECTED, by=universe.ours.staff, at=NOW)
    settle()
    return version


def run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def again(version: Version) -> Version:
    return Version.objects.select_related("plan").get(pk=version.pk)


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
}


@pytest.mark.parametrize("act", CLASS_WALLS.values(), ids=CLASS_WALLS.keys())
def test_the_model_class_refuses(version: Version, act: Callable[[Version], object]) -> None:
    with pytest.raises(NeverChanges):
        act(version)
    load(again(version))


@pytest.mark.parametrize("model", append_only_models(), ids=lambda model: model.__name__)
@pytest.mark.parametrize("statement", ["UPDATE {table} SET id = id", "DELETE FROM {table}"])
def test_the_database_refuses_raw_sql(version: Version, model: type[Version], statement: str) -> None:
    assert model.objects.exists(), "the trigger is only tried where there is a row"
    with pytest.raises(DatabaseError, match="append-only"):
        run(statement.format(table=model._meta.db_table))
    load(again(version))


def test_the_database_refuses_to_replace_a_row(version: Version) -> None:
    """Delete and insert again, and SQLite's INSERT OR REPLACE, which deletes unseen."""
    step = version.steps.get(position=1)
    table, columns = (
        Step._meta.db_table,
        ", ".join(f'"{field.column}"' for field in Step._meta.concrete_fields),
    )
    if connection.vendor == "sqlite":
        statement = (
            f"INSERT OR REPLACE INTO {table} ({columns}) SELECT {columns} FROM {table} WHERE position = 1"
        )
    else:
        statement = (
            f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {table} WHERE position = 1"
            " ON CONFLICT (id) DO UPDATE SET days = 1"
        )
    with pytest.raises(DatabaseError, match="append-only"):
        run(statement)
    assert version.steps.get(position=1).days == step.days


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_the_database_refuses_to_truncate(version: Version) -> None:
    with pytest.raises(DatabaseError, match="append-only"):
        run(f"TRUNCATE {Dose._meta.db_table}")


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
        load(again(version))


def test_every_trigger_is_counted_and_a_missing_one_fails_the_check(db: None) -> None:
    assert missing_triggers(connection) == []
    assert check_triggers(databases=["default"]) == []
    drop_triggers(connection)
    errors = check_triggers(databases=["default"])
    assert len(errors) >= 2 * len(append_only_models())
    assert all(isinstance(error, checks.Error) for error in errors)
    install_triggers(connection)
    assert missing_triggers(connection) == []


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_a_trigger_that_is_switched_off_is_missed(db: None) -> None:
    run(f"ALTER TABLE {Version._meta.db_table} DISABLE TRIGGER append_only_{Version._meta.db_table}_update")
    assert missing_triggers(connection) == [f"append_only_{Version._meta.db_table}_update"]
