"""The check-in's form: long, in folds, and nothing in it is filled in beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from crispy_forms.bootstrap import InlineRadios, StrictButton
from crispy_forms.layout import Div, Field, Fieldset, Layout
from django import forms

from taperplanner.days import in_words, short
from taperplanner.fields import PlainForm, QuantityField
from taperplanner.patients.fields import PastDayField, TextField, set_today
from taperplanner.patients.models import Answer
from taperplanner.tapers.schedule import ScheduleProduct, full_names

from ..actions.check_ins import SAME_NAMED
from ..details import CheckInDetails
from ..fields import WholeNumberField
from ..models import CheckIn, Contact, Decision, FollowUp
from ..scales import BWSQ, CIWA_B, GAD7, PHQ9
from ..symptoms import GROUPS, SYMPTOMS, Severity
from .folds import Fold
from .runs import RunsMixin, rows_in, run_fields, run_rows, run_values
from .scores import NOT_ASKED, ScoresMixin, score_fields, score_folds, score_values

SEVERITIES: Final = [NOT_ASKED, *((str(severity.value), severity.label) for severity in Severity)]
ASKED_SINCE: Final = {
    "alcohol": "Alcohol since the last contact",
    "opioids": "Opioids since the last contact",
    "new_medicines": "New or changed medicines since the last contact",
}


class CheckInForm(ScoresMixin, RunsMixin, PlainForm):
    happened_on = PastDayField(label="Date of the contact", missing="Enter the date, for example 11/23/2026.")
    contact = forms.ChoiceField(
        label="How",
        choices=Contact.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose visit, phone or message."},
    )
    follow_up = forms.ChoiceField(
        label="Which follow-up is done by this",
        required=False,
        error_messages={"invalid_choice": "That follow-up is settled by now. Choose another, or none."},
    )
    systolic = WholeNumberField(lowest=20, highest=350, label="Blood pressure, upper number (mmHg)")
    diastolic = WholeNumberField(lowest=10, highest=250, label="Blood pressure, lower number (mmHg)")
    pulse = WholeNumberField(lowest=10, highest=350, label="Pulse (beats a minute)")
    missed_or_extra = TextField(
        max_length=500, label="Missed or extra doses", widget=forms.Textarea(attrs={"rows": 2})
    )
    decision = forms.ChoiceField(
        label="Decision",
        choices=[("", "None recorded"), *Decision.choices],
        widget=forms.RadioSelect,
        required=False,
        help_text="What the provider decided. Recording “hold” or “revise” changes no schedule.",
    )
    decision_note = TextField(max_length=1000, label="Note", widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(
        self,
        *args: Any,
        today: date,
        products: Sequence[ScheduleProduct],
        follow_ups: Sequence[FollowUp],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.products = products
        self.rows = rows_in(self.data if self.is_bound else self.initial)
        self.fields |= _symptom_fields() | score_fields() | run_fields(self.rows)
        self.fields |= _left_fields(products) | _since_fields()
        follow_up = self.fields["follow_up"]
        assert isinstance(follow_up, forms.ChoiceField)  # noqa: S101
        named = [(str(one.number), f"{one.purpose}, due {short(one.due_on)}") for one in follow_ups]
        follow_up.choices = [("", "None"), *named]
        if not named and not self.data.get("follow_up"):
            del self.fields["follow_up"]
        self.fields["happened_on"].help_text = f"Today is {in_words(today)}."
        set_today(self, today)
        self.helper.layout = self._layout()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = self.cleaned_data
        for name, wrong in (self.wrong_totals() | self.wrong_runs()).items():
            if name not in self.errors:
                self.add_error(name, wrong)
        self._check_pressure()
        for name in ASKED_SINCE:
            if data.get(f"{name}_note") and not data.get(name) and name not in self.errors:
                self.add_error(name, "Choose yes, no or unknown to go with the note.")
        return data

    @property
    def details(self) -> CheckInDetails:
        data = self.cleaned_data
        answered = {key: data[f"symptom_{key}"] for key in SYMPTOMS}
        return CheckInDetails(
            **{name: data[name] for name in SAME_NAMED},
            ratings={key: int(answer) for key, answer in answered.items() if answer},
            phq9=self.score(PHQ9),
            gad7=self.score(GAD7),
            ciwa_b=self.score(CIWA_B).total,
            bwsq=self.score(BWSQ).total,
            taken=self.runs(),
            left={
                product.number: data[_left(product)]
                for product in self.products
                if data[_left(product)] is not None
            },
        )

    @staticmethod
    def values_of(check_in: CheckIn) -> dict[str, Any]:
        """Of a check-in that is corrected: what it says, to be put right."""
        ratings = check_in.ratings.values_list("symptom", "severity")
        left = check_in.left.select_related("product")
        return {
            **{name: getattr(check_in, name) for name in SAME_NAMED},
            **{f"symptom_{symptom}": str(severity) for symptom, severity in ratings},
            **{_left(one.product.as_data()): one.product.as_data().written(one.quantity) for one in left},
            **score_values(check_in),
            **run_values(check_in),
        }

    def _check_pressure(self) -> None:
        upper, lower = self.cleaned_data.get("systolic"), self.cleaned_data.get("diastolic")
        if {"systolic", "diastolic"} & set(self.errors):
            return
        if (upper is None) != (lower is None):
            missing = "diastolic" if lower is None else "systolic"
            self.add_error(missing, "Enter both numbers, or neither.")
        elif upper is not None and lower is not None and lower >= upper:
            self.add_error("systolic", "The upper number must be more than the lower one. Check both.")

    def _if_asked(self, name: str) -> list[str]:
        return [name] if name in self.fields else []

    def _layout(self) -> Layout:
        ratings = [
            Fieldset(
                group.title,
                *(InlineRadios(f"symptom_{symptom.key}") for symptom in group.symptoms),
                css_class="ratings",
            )
            for group in GROUPS
        ]
        since = [Div(InlineRadios(name), Field(f"{name}_note")) for name in ASKED_SINCE]
        more_rows = StrictButton(
            "More rows", type="submit", name="more", value="yes", css_class="btn-outline-primary btn-sm mb-3"
        )
        return Layout(
            *self._if_asked("why_corrected"),
            Fieldset("The contact", "happened_on", InlineRadios("contact"), *self._if_asked("follow_up")),
            Fold(
                "Symptoms",
                *ratings,
                hint="The clinic’s own checklist, not a validated scale.",
                is_open=True,
            ),
            *score_folds(),
            Fold("Blood pressure and pulse", "systolic", "diastolic", "pulse"),
            Fold(
                "What was really taken",
                "rows",
                *run_rows(self.rows),
                more_rows,
                "missed_or_extra",
                *map(_left, self.products),
                hint="As the patient says, for each run of days on the same daily amount.",
                is_open=True,
            ),
            Fold("Alcohol, opioids and new medicines", *since),
            Fieldset("Decision", InlineRadios("decision"), "decision_note"),
        )


class CorrectionForm(CheckInForm):
    why_corrected = TextField(
        max_length=300, label="What was wrong", missing="Write what was wrong in the check-in."
    )


def _symptom_fields() -> dict[str, forms.Field]:
    return {
        f"symptom_{symptom.key}": forms.ChoiceField(
            label=symptom.label, choices=SEVERITIES, widget=forms.RadioSelect, required=False
        )
        for group in GROUPS
        for symptom in group.symptoms
    }


def _left_fields(products: Sequence[ScheduleProduct]) -> dict[str, forms.Field]:
    names = full_names(products)
    return {
        _left(product): QuantityField(label=f"Left at home: {names[product.number]}", required=False)
        for product in products
    }


def _since_fields() -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {}
    for name, label in ASKED_SINCE.items():
        fields[name] = forms.ChoiceField(
            label=label, choices=[NOT_ASKED, *Answer.choices], widget=forms.RadioSelect, required=False
        )
        fields[f"{name}_note"] = TextField(max_length=300, label=f"{label}: what, and how much")
    return fields


def _left(product: ScheduleProduct) -> str:
    return f"left_{product.number}"
