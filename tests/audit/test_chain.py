"""The chain as it is written: one after the other, by whoever writes at once, with the keys there are."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Final

import pytest
import time_machine
from django.db import connection, models, transaction  # noqa: F401 - asked by a mark
from django.utils import timezone

from taperplanner.append_only import append_only_models
from taperplanner.audit import heads
from taperplanner.audit.chain import OF_NO_CLINIC
from taperplanner.audit.log import audited_transaction, record
from taperplanner.audit.models import Event
from taperplanner.audit.verify.evidence import findings
from taperplanner.patients.models import FarDay, Patient
from taperplanner.row_digests import NotAudited, born_here, content_of

from ..evidence_cost import at_once, write_at_once
from ..world.people import ana
from ..world.tampering import signed_with_a_row_in_every_table
from ..world.universe import NOW, Universe, build

OLD, NEW = {"2025": "o" * 32}, {"2026": "n" * 32}


@pytest.fixture
def _monday() -> Iterator[None]:
    with time_machine.travel(NOW):
        yield


def sentences() -> list[str]:
    return [finding.sentence for finding in findings()]


def test_events_of_a_clinic_are_numbered_without_a_gap_and_those_of_none_apart(universe: Universe) -> None:
    record("user.sign_in_failed", by=None, at=NOW)
    for house in (universe.ours, universe.theirs):
        numbers = (
            Event.objects.filter(clinic_id=house.clinic.pk)
            .order_by("number")
            .values_list("number", flat=True)
        )
        assert list(numbers) == list(range(1, len(numbers) + 1))
    assert Event.objects.get(clinic_id=None).chain_id == OF_NO_CLINIC


@pytest.mark.usefixtures("_monday")
def test_a_row_of_every_table_that_never_changes_is_named_and_read_back_as_it_was_born(
    universe: Universe,
) -> None:
    signed_with_a_row_in_every_table(universe)
    named = {label for event in Event.objects.exclude(rows=None) for label, _, _ in event.rows or []}
    alone = {model._meta.label_lower for model in append_only_models() if not model.sealed_by}
    assert named == alone - {"audit.event"}
    assert [one for one in sentences() if "dated" not in one] == []  # what happens later in it is dated so


def test_a_version_is_one_entry_with_all_that_it_seals(universe: Universe) -> None:
    version = signed_with_a_row_in_every_table(universe)
    event = Event.objects.filter(action="draft.signed").earliest("number")
    labels = [label for label, pk, _ in event.rows or []]
    assert ["tapers.version", str(version.pk)] in [row[:2] for row in event.rows or []]
    assert not {"tapers.step", "tapers.dose"} & set(labels)


def test_a_row_is_named_by_the_event_that_is_recorded_after_it(universe: Universe) -> None:
    patient = ana(universe.ours)
    with audited_transaction():
        first = far_day(patient, universe)
        told = record("a.done", by=universe.ours.staff, at=NOW)
        second = far_day(patient, universe)
        last = record("b.done", by=universe.ours.staff, at=NOW)
        third = far_day(patient, universe)
    assert [row[1] for row in told.rows or []] == [str(first.pk)]
    assert [row[1] for row in last.rows or []] == [str(second.pk), str(third.pk)]


def test_what_failed_and_was_undone_is_not_named(universe: Universe) -> None:
    patient = ana(universe.ours)

    @audited_transaction()
    def fails() -> None:
        far_day(patient, universe)
        raise ValueError("undone")

    with audited_transaction():
        event = record("a.done", by=universe.ours.staff, at=NOW)
        with pytest.raises(ValueError, match="undone"):
            fails()
    assert event.rows is None


def test_a_row_of_which_no_event_would_tell_is_not_written(universe: Universe) -> None:
    patient = ana(universe.ours)
    with pytest.raises(NotAudited, match="no event tells"), audited_transaction():
        far_day(patient, universe)
    assert not FarDay.objects.exists()


def test_outside_an_audited_transaction_a_row_is_refused(
    monkeypatch: pytest.MonkeyPatch, universe: Universe
) -> None:
    known = ana(universe.ours)
    monkeypatch.setattr("taperplanner.inserted_once.born_here", born_here)
    patient = Patient.objects.get(pk=known.pk)
    with pytest.raises(NotAudited, match="outside"):
        far_day(patient, universe)
    with pytest.raises(NotAudited, match="outside"), transaction.atomic():
        patient.save()


def far_day(patient: Patient, universe: Universe) -> FarDay:
    staff = universe.ours.staff
    return FarDay.objects.create(
        patient=patient,
        of="plan 1",
        day=NOW.date(),
        reason="Meant",
        said_by=staff,
        said_by_name="Sam",
        said_at=NOW,
    )


# --- Digests ----------------------------------------------------------------------------------


class Before(models.Model):
    text = models.CharField(max_length=9)

    class Meta:
        app_label = "of_a_test"

    def __str__(self) -> str:
        return self.text


class After(models.Model):
    """The same, with every kind of column that a migration may add to a table of rows that never change."""

    text = models.CharField(max_length=9)
    none = models.IntegerField(null=True)
    word = models.CharField(max_length=9, default="as before")
    empty = models.CharField(max_length=9, blank=True)
    answer = models.BooleanField(default=False)
    several = models.JSONField(default=list)

    class Meta:
        app_label = "of_a_test"

    def __str__(self) -> str:
        return self.text


def test_a_column_that_is_added_later_changes_no_digest() -> None:
    """It is null, or holds what nobody said: neither is part of what a row says."""
    assert content_of(After(pk=1, text="x")) == content_of(Before(pk=1, text="x")) == {"id": 1, "text": "x"}
    assert content_of(After(pk=1, text="x", answer=True)) != content_of(Before(pk=1, text="x"))


# What a column holds where nobody said anything is left out of a digest. Another default would change digests of before:
# a row here may be added, and none changed.
DEFAULTS: Final = {
    "patients.historicalmedicationrecord.sedates": "unknown",
    "patients.historicalmedicationrecord.use": "regular",
}


def test_no_default_of_a_column_that_digests_leave_out_has_changed() -> None:
    now = {
        f"{model._meta.label_lower}.{column.attname}": column.get_default()
        for model in append_only_models()
        for column in model._meta.concrete_fields
        if column.get_default() and not isinstance(column, models.UUIDField)
    }
    assert now == DEFAULTS


# --- Keys -------------------------------------------------------------------------------------


def test_after_a_key_was_changed_the_old_one_verifies_and_the_new_one_signs(
    settings: object, universe: Universe
) -> None:
    settings.AUDIT_KEYS = OLD  # type: ignore[attr-defined]
    clinic = universe.ours.clinic.pk
    record("a.done", by=universe.ours.staff, at=NOW)
    settings.AUDIT_KEYS = NEW | OLD | {"development": "development-only-" + "0" * 50}  # type: ignore[attr-defined]
    record("b.done", by=universe.ours.staff, at=NOW)
    names = Event.objects.filter(clinic_id=clinic).order_by("number").values_list("key_name", flat=True)
    assert list(names)[-2:] == ["2025", "2026"]
    assert sentences() == []


@pytest.mark.parametrize(
    ("keys", "says"),
    [(NEW, "which AUDIT_KEYS does not have"), ({"2025": "w" * 32}, "is not what was written")],
    ids=["the old key is gone", "a wrong key"],
)
def test_without_the_right_key_nothing_is_verified(
    settings: object, db: None, keys: dict[str, str], says: str
) -> None:
    settings.AUDIT_KEYS = OLD  # type: ignore[attr-defined]
    record("a.done", by=None, at=NOW)
    settings.AUDIT_KEYS = keys  # type: ignore[attr-defined]
    (sentence,) = sentences()
    assert says in sentence


def test_no_key_stands_in_the_database(universe: Universe) -> None:
    record("a.done", by=universe.ours.staff, at=NOW)
    rows = repr(list(Event.objects.values_list()))
    assert "development-only" not in rows


# --- At once ----------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_who_write_at_once_make_no_fork_and_no_gap() -> None:
    """160 of them, and what it costs: `python -m tests.evidence_cost`."""
    clinic = build().ours.clinic.pk
    before = Event.objects.count()
    assert write_at_once(clinic, 16, 2) == []
    assert Event.objects.count() == before + 16 * 2 * 3 // 2
    assert [one for one in sentences() if "dated" not in one] == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_who_has_a_place_in_the_queue_waits_for_no_row() -> None:
    """A key that is checked at the commit waits for its row. Were it checked after the queue, the two would wait for
    each other: one for the row, the other, who holds it, for the place in the queue."""
    universe = build()
    patient = ana(universe.ours)
    held, written = threading.Event(), threading.Event()

    def hold_the_row(_: int) -> None:
        with audited_transaction():
            Patient.objects.select_for_update().get(pk=patient.pk)
            held.set()
            written.wait(3)
            record("a.done", by=universe.ours.staff, at=timezone.now())

    def name_the_row(_: int) -> None:
        held.wait(10)
        with audited_transaction():
            far_day(patient, universe)
            record("b.done", by=universe.ours.staff, at=timezone.now())
            written.set()

    assert at_once(2, lambda number: (hold_the_row, name_the_row)[number](number)) == []


def test_a_head_says_where_each_chain_ends(universe: Universe) -> None:
    found = {head.chain_id: head.count for head in heads.heads_now(NOW)}
    assert (
        found[str(universe.ours.clinic.pk)] == Event.objects.filter(clinic_id=universe.ours.clinic.pk).count()
    )
