"""The negative control: acknowledged rows are taken away, doubled and halved behind the product's back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from taperplanner.accounts.models import SentForm
from taperplanner.append_only import drop_triggers, install_triggers
from taperplanner.audit.models import Event
from taperplanner.monitoring.models import CheckIn, Dispensing
from taperplanner.tapers.models import Version


def harm() -> None:
    """One of each kind: lost, doubled, and three by half (a version without a step, a copy without its event, a claim)."""

    version = Version.objects.earliest("signed_at")
    dispensing = Dispensing.objects.earliest("recorded_at")
    check_in = CheckIn.objects.latest("recorded_at")
    printed = Event.objects.filter(action="handout.printed").earliest("at")
    columns = [field.column for field in CheckIn._meta.concrete_fields]
    new = {"id": "%s", "number": "number + 1000"}
    copied = ", ".join(new.get(column, column) for column in columns)
    with without_triggers(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM monitoring_dispensing WHERE id = %s", [_of(dispensing.pk)])
        cursor.execute(
            f"INSERT INTO monitoring_checkin ({', '.join(columns)}) SELECT {copied} FROM monitoring_checkin WHERE id = %s",
            [_of(version.pk), _of(check_in.pk)],
        )
        cursor.execute(
            "DELETE FROM tapers_dose WHERE step_id IN (SELECT id FROM tapers_step WHERE version_id = %s AND position = 6)",
            [_of(version.pk)],
        )
        cursor.execute("DELETE FROM tapers_step WHERE version_id = %s AND position = 6", [_of(version.pk)])
        cursor.execute("DELETE FROM audit_event WHERE id = %s", [_of(printed.pk)])
    SentForm.objects.filter(pk=SentForm.objects.earliest("pk").pk).update(leads_to="")


def _of(key: object) -> object:

    return str(key) if connection.vendor == "postgresql" else str(key).replace("-", "")


@contextmanager
def without_triggers() -> Iterator[None]:

    drop_triggers(connection)
    try:
        yield
    finally:
        install_triggers(connection)
