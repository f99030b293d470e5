"""The independent check of a version."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from taperplanner.accounts.actions import use_confirmation
from taperplanner.accounts.models import User
from taperplanner.accounts.proofs import Proof
from taperplanner.accounts.signing_rights import why_not_sign
from taperplanner.audit.log import audited_transaction, record
from taperplanner.doses import Dose
from taperplanner.saving import Refused

from ..confirmed import as_typed, what_is_checked
from ..locking import locked_plan
from ..models import Version, VersionCheck
from ..signed.content import verified_content
from ..signed.needed_check import NeededCheck, difference_of
from ..signed.second_check import why_not_independent
from ..wording.to_check import to_check


class CannotCheck(Refused):
    """The message says why, for the page."""


@audited_transaction()
def check_version(
    *,
    version: Version,
    typed: Sequence[Dose],
    typed_as_needed: NeededCheck | None = None,
    by: User,
    at: datetime,
    proof: Proof | None = None,
) -> VersionCheck:
    """Write down what a second person typed, and where it differs from what was signed. Shape of `typed`: as `to_check`.

    `proof`: how the checker confirmed it; None for a command. Raises: CannotCheck, NotConfirmed, Tampered.
    """
    if refusal := why_not_sign(by, at) or why_not_independent(version, by):
        raise CannotCheck(refusal)
    locked_plan(version.plan, CannotCheck, ended="This plan has ended, so there is nothing to check.")
    schedule = verified_content(version).schedule
    asked = to_check(schedule)
    differences = [
        {
            "step": one.step,
            **({"day": one.day} if one.day else {}),
            "typed": str(dose),
            "signed": str(one.dose),
        }
        for one, dose in zip(asked, typed, strict=True)
        if dose != one.dose
    ]
    differences += difference_of(schedule.as_needed, typed_as_needed)
    confirmed = what_is_checked(version, typed, typed_as_needed)
    how = use_confirmation(proof=proof, confirmed=confirmed, content_hash=version.content_hash, by=by, at=at)
    check = VersionCheck.objects.create(
        version=version,
        checked_by=by,
        checked_by_name=by.full_title,
        checked_at=at,
        typed=as_typed(typed, typed_as_needed),
        differences=differences,
        agrees=not differences,
    )
    record(
        "version.checked",
        by=by,
        at=at,
        patient_id=version.plan.patient_id,
        subject=f"{version.plan}, {version}",
        details={
            "agrees": check.agrees,
            "steps": list(dict.fromkeys(one["step"] for one in differences)),
            **how,
        },
    )
    return check


@audited_transaction()
def refuse_to_check(*, version: Version, why: str, address: str, by: User, at: datetime) -> None:
    """Record that somebody tried to check with a wrong password, code or passkey, and from where."""
    record(
        "version.check_refused",
        by=by,
        at=at,
        patient_id=version.plan.patient_id,
        subject=f"{version.plan}, {version}",
        details={"why": why, "from": address},
    )
