"""Signed contents of fixed values, written to the database as a signature writes them."""

from __future__ import annotations

from copy import copy
from uuid import UUID

from taperplanner.day_book.writing import rewrite
from taperplanner.row_digests import gathered
from taperplanner.tapers.actions.signing import ToWrite, _write
from taperplanner.tapers.models import Plan, Product, Version
from taperplanner.tapers.signed.content import SignedContent

from .plans import open_plan
from .universe import NOW, House


def written(content: SignedContent, house: House) -> Version:
    """The rows of these very values, with the ids that they name, written as a signature writes them."""
    plan = open_plan(house)
    patient, signer = plan.patient, copy(house.provider)
    for row, pk in ((patient, content.patient_id), (signer, content.signed_by_id), (plan, content.plan_id)):
        row.pk, row._state.adding = pk, True
    patient.mrn, signer.email = "another", "another@clinic.example"
    patient.save()
    signer.save()
    plan.patient = patient
    plan.save()
    for product in content.schedule.products.values():
        Product.objects.create(
            plan=plan,
            number=product.number,
            drug=product.drug,
            form=product.form,
            strength_nanograms=product.strength.nanograms,
            smallest_part_thousandths=product.smallest_part.thousandths,
            maker=product.maker,
            label_nanograms=product.label.amount.nanograms if product.label else None,
            label_thousandths=product.label.volume.thousandths if product.label else None,
            drops_per_ml=product.drops_per_ml,
            confirmed_by=signer,
            confirmed_at=NOW,
        )
    with gathered([]):  # no event tells of it
        [version] = _write([ToWrite(content, Plan.objects.get(pk=UUID(int=1)), typed_by=[])])
    rewrite([patient.pk])
    return version
