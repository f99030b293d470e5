"""What staff choose before one paper of all open plans is printed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.http import QueryDict

from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.models import User
from taperplanner.days import in_words
from taperplanner.saving import bound_data
from taperplanner.tapers.models import Plan

from ..models import LAYOUTS
from ..paper.joint.data import JOINT_LAYOUTS
from ..paper.layouts import Layout
from ..printing.joint import JointJob
from ..printing.presets import first_values
from .forms import PrintForm

DAY: Final = "day"


class JointPrintForm(PrintForm):
    """`day`: asked only while a version waits for its day; the versions of another day are another paper."""

    is_joint = True
    layout = forms.ChoiceField(
        label="Layout",
        choices=[(value, label) for value, label in LAYOUTS if Layout(value) in JOINT_LAYOUTS],
        widget=forms.RadioSelect,
    )
    fill_days = None  # type: ignore[assignment]
    day = forms.ChoiceField(
        label="From which day on the paper is to hold",
        widget=forms.RadioSelect,
        error_messages={
            "required": "A newer version waits for its day. Choose from which day on the paper is to hold."
        },
    )
    field_order = (DAY, "layout", "size", "language", "keep")

    def __init__(self, *args: Any, days: Sequence[date], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not days:
            del self.fields[DAY]
            return
        now = f"Today: what is in force now. The paper says that it changes on {in_words(days[0])}"
        later = [(day.isoformat(), f"{in_words(day)}: what is in force from then on") for day in days]
        choices = [(today.isoformat(), now), *later]
        self.fields[DAY].choices = choices  # type: ignore[attr-defined]


def joint_form(request: ClinicRequest, job: JointJob) -> JointPrintForm:
    """As it was sent or asked for; at first, as a paper of the first plan is offered."""
    values = bound_data(request) or request.GET or _first_values(request.user, job.version.plan)
    return JointPrintForm(values, days=job.days, today=request.today)


def _first_values(user: User, plan: Plan) -> dict[str, str]:
    values = first_values(user, plan)
    is_shared = Layout(values["layout"]) in JOINT_LAYOUTS
    return values if is_shared else {**values, "layout": Layout.SCHEDULE.value}


def day_in(sent: QueryDict) -> date | None:
    try:
        return date.fromisoformat(sent.get(DAY, ""))
    except ValueError:
        return None
