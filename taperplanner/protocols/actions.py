"""What a manager does with the clinic's own notes. Nothing is overwritten: each change is a new version."""

from __future__ import annotations

from datetime import datetime

from taperplanner.accounts.models import Clinic, User
from taperplanner.audit.log import audited_transaction, record
from taperplanner.saving import Refused, lock_unchanged

from .models import Protocol, ProtocolVersion


class CannotWithdraw(Refused):
    """The note is already withdrawn."""


@audited_transaction()
def add_protocol(*, clinic: Clinic, topic: str, title: str, text: str, by: User, at: datetime) -> Protocol:
    protocol = Protocol.objects.create(clinic=clinic, topic=topic)
    _write(protocol, title=title, text=text, by=by, at=at)
    record("protocol.added", by=by, at=at, subject=str(protocol.pk), details={"topic": topic})
    return protocol


@audited_transaction()
def edit_protocol(
    *, protocol: Protocol, revision: int, title: str, text: str, by: User, at: datetime
) -> Protocol:
    """A new version; a withdrawn note is in use again with it. Raises: Conflict."""
    current = lock_unchanged(protocol, revision=revision)
    current.save()
    _write(current, title=title, text=text, by=by, at=at)
    details = {"topic": current.topic, "version": current.revision}
    record("protocol.edited", by=by, at=at, subject=str(current.pk), details=details)
    return current


@audited_transaction()
def withdraw_protocol(*, protocol: Protocol, revision: int, reason: str, by: User, at: datetime) -> Protocol:
    """A version without a text that says why. Raises: Conflict, CannotWithdraw."""
    current = lock_unchanged(protocol, revision=revision)
    newest = current.versions.newest_first()[0]
    if newest.withdrawn_because:
        raise CannotWithdraw("This note is already withdrawn.")
    current.save()
    _write(current, title=newest.title, withdrawn_because=reason, by=by, at=at)
    details = {"topic": current.topic, "version": current.revision}
    record("protocol.withdrawn", by=by, at=at, subject=str(current.pk), details=details)
    return current


def _write(
    protocol: Protocol, *, title: str, by: User, at: datetime, text: str = "", withdrawn_because: str = ""
) -> None:
    ProtocolVersion.objects.create(
        protocol=protocol,
        number=protocol.revision,
        title=title,
        text=text,
        withdrawn_because=withdrawn_because,
        written_by=by,
        written_by_name=by.full_title,
        written_at=at,
    )
