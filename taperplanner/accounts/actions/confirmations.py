"""A confirmation is used in the transaction of what it confirms, and never again."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from taperplanner.audit.log import audited_transaction

from ..models import Confirmation, Method, User
from ..proofs import (
    EXPIRED,
    HOLDS_FOR,
    NOT_ENOUGH,
    OF_SOMEBODY_ELSE,
    OF_SOMETHING_ELSE,
    USED,
    NotConfirmed,
    Proof,
)
from ..second_factor import factors_of, must_have_one


@audited_transaction()
def use_confirmation(
    *, proof: Proof | None, confirmed: str, content_hash: str, by: User, at: datetime
) -> dict[str, str]:
    """Write down how it was confirmed. Gives what the event of the signature or the check says of it.

    `confirmed`: the digest of what is signed or checked now, which must be what the proof was given for. Without a
    proof (a command) nothing is written, and nobody who has a second factor, or must have one, can be signed for.
    Raises: NotConfirmed.
    """
    if proof is None or proof.method == Method.PASSWORD:
        _refuse_if(must_have_one(by) or bool(factors_of(by)), NOT_ENOUGH)
    if proof is None:
        return {}
    _refuse_if(proof.user_id != by.pk, OF_SOMEBODY_ELSE)
    _refuse_if(proof.confirmed != confirmed, OF_SOMETHING_ELSE)
    _refuse_if(not proof.at <= at <= proof.at + HOLDS_FOR, EXPIRED)
    try:
        with transaction.atomic():
            row = Confirmation.objects.create(
                user=by,
                method=proof.method,
                confirmed=confirmed,
                content_hash=content_hash,
                proof=proof.shown,
                confirmed_at=proof.at,
                used_at=at,
            )
    except IntegrityError:
        raise NotConfirmed(USED) from None
    return {"confirmation": str(row.pk), "method": row.method}


def _refuse_if(is_wrong: bool, why: str) -> None:  # noqa: FBT001
    if is_wrong:
        raise NotConfirmed(why)
