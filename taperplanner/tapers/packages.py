"""The products of plans with what was typed from their packages, to be read beside a patient's list of allergies."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import CharField, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from .models import Excipients, Plan, Product, SignedProduct


def packages_of(plans: Iterable[Plan]) -> QuerySet[Product]:
    """Those that are used, or that a version is signed with; each knows the text that holds, `excipients_typed`.

    Not asked for until a page reads them: where nothing is on the patient's list, none does.
    """
    signed = SignedProduct.objects.filter(version__plan=OuterRef("plan"), number=OuterRef("number"))
    of_plans = Product.objects.filter(plan__in=[plan.pk for plan in plans]).select_related("plan")
    used = of_plans.filter(Q(retired_at=None) | Exists(signed))
    return used.annotate(excipients_typed=_newest_text()).order_by("plan__number", "number")


def every_package(plan: Plan) -> list[Product]:
    """All products of a plan, each with all that was ever typed of it as `typed`, the newest first."""
    typed = Prefetch("excipients", Excipients.objects.newest_first(), to_attr="typed")
    products = plan.products.by_number().annotate(excipients_typed=_newest_text())
    return list(products.prefetch_related(typed))


def newest_excipients(product: Product) -> Excipients:
    """The text that holds; where nothing was typed, one that says nothing and is number 0."""
    found: Excipients | None = product.excipients.newest_first().first()
    return found or Excipients(product=product, number=0)


def _newest_text() -> Coalesce:
    newest = Excipients.objects.filter(product=OuterRef("pk")).newest_first().values("text")[:1]
    return Coalesce(Subquery(newest), Value(""), output_field=CharField())
