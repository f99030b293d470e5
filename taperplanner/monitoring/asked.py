"""What a check-in asks of what was taken: of which products, and beside it what is to be taken now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from taperplanner.tapers.chain import answering, first_to_answer, spans
from taperplanner.tapers.lines import ended_line, today_line
from taperplanner.tapers.models import Plan, Version
from taperplanner.tapers.schedule import ScheduleProduct
from taperplanner.tapers.signed import SignedContent, load_all

NOTHING_SIGNED: Final = "Nothing is signed for this plan yet, so no schedule says what is taken now."
NOT_AS_SIGNED: Final = "What is to be taken now cannot be shown: the schedule is no longer what was signed."
Contents = dict[UUID, SignedContent | None]


@dataclass(frozen=True, slots=True)
class Asked:
    """`now`: what is to be taken today, in a sentence."""

    products: tuple[ScheduleProduct, ...]
    now: str

    def with_products(self, more: Iterable[ScheduleProduct]) -> Asked:
        """Also of those that something is said of."""
        found = {product.number: product for product in (*more, *self.products)}
        return replace(self, products=tuple(found[number] for number in sorted(found)))


def asked_of(plan: Plan, *, today: date, told_of: Iterable[date] = ()) -> Asked:
    """The products of each version that was in force on a day since the last contact, or since a day that is
    spoken of (`told_of`). Where there is none, those that the plan has.

    `plan.patient` must be at hand.
    """
    versions = list(plan.versions.order_by("number"))
    for version in versions:
        version.plan = plan
    contents = load_all(versions) if versions else {}
    contacts = plan.check_ins.standing().filter(happened_on__lte=today).newest_first()
    last_contact = contacts.values_list("happened_on", flat=True).first()
    since = min([*told_of, *([last_contact] if last_contact else [])], default=None)
    products = _in_force(versions, contents, since, today)
    return Asked(tuple(products or _of_plan(plan)), _now(plan, versions, contents, today))


def _in_force(
    versions: Sequence[Version], contents: Contents, since: date | None, today: date
) -> list[ScheduleProduct]:
    """`since`: None asks of every version that has begun."""
    found: dict[int, ScheduleProduct] = {}
    for version, first, last in spans(versions) if versions else ():
        content = contents[version.pk]
        if content is not None and first <= today and (since is None or last is None or last >= since):
            found |= content.schedule.products
    return [found[number] for number in sorted(found)]


def _of_plan(plan: Plan) -> list[ScheduleProduct]:
    return [row.as_data() for row in plan.products.by_number().filter(retired_at=None)]


def _now(plan: Plan, versions: Sequence[Version], contents: Contents, today: date) -> str:
    if not plan.is_open:
        return ended_line(plan.get_state_display(), today)
    if not versions:
        return NOTHING_SIGNED
    content = contents[(answering(versions, today) or first_to_answer(versions)).pk]
    return today_line(content.schedule, today, plan.drug) if content else NOT_AS_SIGNED
