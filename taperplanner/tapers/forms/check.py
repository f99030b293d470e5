"""What a second person types to check a version."""

from __future__ import annotations

from typing import Any, Final

from taperplanner.accounts.confirm_form import ConfirmForm
from taperplanner.accounts.http import ClinicRequest
from taperplanner.doses import Dose
from taperplanner.fields import DoseField, WholeNumberField

from ..confirmed import what_is_checked
from ..models import Version
from ..schedule.schedule import Schedule
from ..signed.needed_check import NeededCheck
from ..wording.to_check import to_check

NEEDED_DOSE: Final = "needed-dose"
NEEDED_TIMES: Final = "needed-times"


class CheckForm(ConfirmForm):
    """The dose of each step and of each day of a pattern, typed by somebody who does not see what was signed; and the
    dose as needed."""

    def __init__(
        self, *args: Any, request: ClinicRequest, version: Version, schedule: Schedule, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.version = version
        for one in to_check(schedule):
            self.fields[one.name] = DoseField(
                label=one.label,
                error_messages={
                    "required": "Enter the dose of this day."
                    if one.day
                    else "Enter the daily dose of this step."
                },
            )

        if schedule.as_needed is not None:
            self.fields |= {
                NEEDED_DOSE: DoseField(
                    label="As needed, beside the schedule: mg at one time",
                    error_messages={"required": "Enter the dose of one time."},
                ),
                NEEDED_TIMES: WholeNumberField(
                    lowest=1,
                    highest=99,
                    label="As needed: how many times on one day, at most",
                    missing="Enter how many times at most.",
                    wrong="Enter how many times as a whole number.",
                ),
            }
        self.ask_to_confirm(request)

    def confirmed(self) -> str:
        return what_is_checked(self.version, self.typed(), self.typed_as_needed())

    def typed(self) -> list[Dose]:
        """Of each step."""
        return [self.cleaned_data[name] for name in self.fields if name.startswith("dose-")]

    def typed_as_needed(self) -> NeededCheck | None:
        if NEEDED_DOSE not in self.fields:
            return None
        return NeededCheck(self.cleaned_data[NEEDED_DOSE], self.cleaned_data[NEEDED_TIMES])
