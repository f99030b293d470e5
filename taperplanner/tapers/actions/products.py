"""What can be done to the products that a plan's doses are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms

from taperplanner.accounts.models import User
from taperplanner.audit.log import audited_transaction, record
from taperplanner.doses import Dose as Amount
from taperplanner.doses import Quantity
from taperplanner.label_strength import LabelStrength
from taperplanner.saving import Refused, lock_unchanged, next_number

from ..draft.typed import from_json
from ..locking import locked_plan
from ..marketed import duplicate_of
from ..models import Draft, Plan, Product
from ..schedule.schedule import Form


class CannotEditProduct(Refused):
    """The message says why, for the page."""


class SameProduct(Refused):
    """The plan has a product of this form, strength and maker: the form asks whether a second one is meant."""

    is_question = True

    def show_on(self, form: forms.Form, field: str | None) -> None:
        form.ask_whether_another()  # type: ignore[attr-defined]
        super().show_on(form, field)


@dataclass(frozen=True, slots=True)
class ProductDetails:
    """Every value as the provider chose or typed it. `label`: what the strength in one mL was worked out from."""

    form: Form
    strength: Amount
    smallest_part: Quantity
    maker: str = ""
    ndc: str = ""
    rxnorm: str = ""
    label: LabelStrength | None = None
    drops_per_ml: int | None = None

    def as_columns(self) -> dict[str, Any]:
        return {
            "form": self.form.value,
            "strength_nanograms": self.strength.nanograms,
            "smallest_part_thousandths": self.smallest_part.thousandths,
            "maker": self.maker,
            "ndc": self.ndc,
            "rxnorm": self.rxnorm,
            "label_nanograms": self.label.amount.nanograms if self.label else None,
            "label_thousandths": self.label.volume.thousandths if self.label else None,
            "drops_per_ml": self.drops_per_ml,
        }


@audited_transaction()
def add_product(
    *, plan: Plan, details: ProductDetails, is_another: bool = False, by: User, at: datetime
) -> Product:
    """`is_another`: a second product like one that the plan has is meant. Raises: CannotEditProduct, SameProduct."""
    locked = locked_plan(plan, CannotEditProduct)
    new = Product(
        plan=locked,
        number=next_number(plan.products.all()),
        drug=plan.drug,
        confirmed_by=by,
        confirmed_at=at,
        **details.as_columns(),
    )
    _refuse_duplicate(new, is_another=is_another)
    new.save()
    _record("product.added", new, by=by, at=at)
    return new


@audited_transaction()
def correct_product(
    *,
    product: Product,
    revision: int,
    details: ProductDetails,
    is_another: bool = False,
    by: User,
    at: datetime,
) -> Product:
    """Correct a product before anything is signed with it. Every cell of the draft stays as typed.

    What the cells add up to changes. So the draft's revision moves on, which stops a signature that was begun, and
    each carried row that takes the product must be confirmed again. Raises: Conflict, CannotEditProduct, SameProduct.
    """
    plan = locked_plan(product.plan, CannotEditProduct)
    current = lock_unchanged(product, revision=revision)
    current.plan = plan
    if current.retired_at is not None:
        raise CannotEditProduct("This product was retired. Add it again as it should be.")
    if current.number in plan.signed_products():
        raise CannotEditProduct(
            "A version is signed with this product, so it cannot be corrected. Retire it, and add it as it should be."
        )
    new = details.as_columns()
    changed = [name for name in new if new[name] != getattr(current, name)]
    for name in changed:
        setattr(current, name, new[name])
    _refuse_duplicate(current, is_another=is_another)
    current.confirmed_by, current.confirmed_at = by, at
    current.save()
    _clear_confirmations(plan, current.number, by=by, at=at)
    _record("product.corrected", current, by=by, at=at, changed=changed)
    return current


@audited_transaction()
def retire_product(*, product: Product, by: User, at: datetime) -> Product:
    """Raises: CannotEditProduct. What was signed with it stays as it was signed."""
    locked_plan(product.plan, CannotEditProduct)
    current = Product.objects.select_for_update().get(pk=product.pk)
    if current.retired_at is not None:
        raise CannotEditProduct("This product was retired already.")
    current.plan, current.retired_at = product.plan, at
    current.revision += 1
    current.save()
    _record("product.retired", current, by=by, at=at)
    return current


def _refuse_duplicate(product: Product, *, is_another: bool) -> None:
    others = product.plan.products.in_use().exclude(pk=product.pk)
    same = duplicate_of(product.as_data(), [other.as_data() for other in others])
    if same and not is_another:
        raise SameProduct(
            f"This plan has {same.name}, {same.maker.strip() or 'maker not recorded'}, already. Nothing is saved yet."
            " Is it another one, to stand in columns of its own?"
        )


def _clear_confirmations(plan: Plan, number: int, *, by: User, at: datetime) -> None:
    draft = Draft.objects.select_for_update().filter(plan=plan).first()
    if draft is None:
        return
    draft.content = from_json(draft.content).with_product_corrected(number).as_json()
    draft.revision += 1
    draft.edited_by, draft.edited_at = by, at
    draft.save()


def _record(action: str, product: Product, *, by: User, at: datetime, **details: object) -> None:
    plan = product.plan
    subject = f"{plan}, product {product.number}"
    record(action, by=by, at=at, patient_id=plan.patient_id, subject=subject, details=details)
