"""What is typed from a package: a new row each time, so that what stood there before stays readable."""

from __future__ import annotations

from datetime import datetime

from taperplanner.accounts.models import User
from taperplanner.audit.log import audited_transaction, record
from taperplanner.saving import Conflict, Refused

from ..locking import locked_plan
from ..models import Excipients, Product
from ..packages import newest_excipients


class CannotTypeExcipients(Refused):
    pass


@audited_transaction()
def type_excipients(*, product: Product, text: str, number: int, by: User, at: datetime) -> Excipients:
    """`number`: of the text that was shown; 0 for none. An empty text takes back the one before.

    Raises: Conflict (`current` is the text that holds now), CannotTypeExcipients.
    """
    plan = locked_plan(product.plan, CannotTypeExcipients)
    current = newest_excipients(product)
    if current.number != number:
        raise Conflict(current)
    if current.text == text:
        raise CannotTypeExcipients("Type what the package says. Nothing is changed yet.")
    typed = Excipients.objects.create(
        product=product,
        number=current.number + 1,
        text=text,
        typed_by=by,
        typed_by_name=by.full_title,
        typed_at=at,
    )
    subject = f"{plan}, product {product.number}"
    record("excipients.typed", by=by, at=at, patient_id=plan.patient_id, subject=subject)
    return typed
