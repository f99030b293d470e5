"""The dose as needed in an independent check: its dose and how often at most, typed without seeing them."""

from __future__ import annotations

from dataclasses import dataclass

from taperplanner.doses import Dose

from ..schedule.as_needed import AsNeeded


@dataclass(frozen=True, slots=True)
class NeededCheck:
    """What the checker typed."""

    dose: Dose
    times_a_day: int

    @property
    def text(self) -> str:
        return _text(self.dose, self.times_a_day)


def difference_of(signed: AsNeeded | None, typed: NeededCheck | None) -> list[dict[str, object]]:
    """One difference, or none. Shape: as those of the steps, without a step."""
    if signed is None:
        return []
    was = _text(signed.dose, signed.times_a_day)
    said = typed.text if typed else "nothing"
    return [] if said == was else [{"step": "as needed", "typed": said, "signed": was}]


def _text(dose: Dose, times_a_day: int) -> str:
    """ "0.25 mg, at most 2 times on one day"."""
    return f"{dose}, at most {times_a_day} {'time' if times_a_day == 1 else 'times'} on one day"
