"""A dose beside the schedule, for when it is needed: typed whole, and never part of what the steps take."""

from __future__ import annotations

from dataclasses import dataclass

from taperplanner.doses import Dose, Quantity


@dataclass(frozen=True, slots=True)
class AsNeeded:
    """`dose`: of one time, as typed. `times_a_day`: at most so often on one day. `when`: in the provider's words."""

    product: int
    quantity: Quantity
    dose: Dose
    times_a_day: int
    when: str

    @property
    def most_a_day(self) -> Dose:
        """The dose of one time, so many times."""
        return Dose(self.dose.nanograms * self.times_a_day)

    @property
    def most_taken_a_day(self) -> Quantity:
        return self.quantity.times(self.times_a_day)
