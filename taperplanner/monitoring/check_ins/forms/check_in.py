"""The check-in's form: in sections that fold, with nothing filled in beforehand."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from crispy_forms.bootstrap import InlineRadios, StrictButton
from crispy_forms.layout import HTML, Div, Fieldset, Layout
from django import forms

from taperplanner.days import in_words, short
from taperplanner.far_days import Near
from taperplanner.fields import PastDayField, TextField, WholeNumberField, set_today
from taperplanner.forms import AsksAboutFarDays, Fold, PlainForm
from taperplanner.tapers.schedule.schedule import ScheduleProduct, full_names

from ...downtime.forms import FromPaperMixin, paper_fields, paper_fold
from ...guard import GUARD
from ...models import CheckIn, Contact, Decision, FollowUp
from ...scales import BWSQ, CIWA_B, GAD7, PHQ9
from ...supply.counted import CountedField
from ..as_needed import ANSWER, AS_NEEDED, WAS_ASKED, has_needed, needed_fields, needed_rows, wrong_needed
from ..asked import Asked
from ..details import STORED_AS_TYPED, CheckInDetails
from ..new_medicines import NamedMedicine, medicines_named
from .layout import shows_danger
from .runs import RunsMixin, rows_in, run_fields, run_values
from .scores import ScoresMixin, score_fields, score_folds, score_values
from .since import ASKED_SINCE, since_fields, since_rows
from .symptoms import ratings_in, symptom_fields, symptom_rows, symptom_values

TODAY, ADD_UP, MORE = "today", "add", "rows"
CLOSES: Final = "Saving this closes as done: "
CLOSES_NONE: Final = "Saving this closes no follow-up."


class CheckInForm(AsksAboutFarDays, ScoresMixin, RunsMixin, PlainForm):
    closes, closes_none = CLOSES, CLOSES_NONE
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
    decision_note = TextField(max_length=1000, label="Note", widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(
        self,
        *args: Any,
        today: date,
        products: Sequence[ScheduleProduct],
        asked: Asked,
        drug: str,
        in_mg: bool = False,
        follow_ups: Sequence[FollowUp],
        settled: Iterable[int] = (),
        near: Near | None = None,
        **kwargs: Any,
    ) -> None:
        """`products`: those that may be left at home. `settled`: numbers of follow-ups that are no choice any more.
        `in_mg`: what was taken is asked in mg, as in earlier check-ins."""
        super().__init__(*args, **kwargs)
        values: Mapping[str, Any] = self.data if self.is_bound else self.initial
        self.products, self.asked, self.now, self.in_mg = products, asked.products, asked.now, in_mg
        self.drug = drug
        self.rows = rows_in(values)
        self.fields |= symptom_fields() | score_fields()
        self.fields |= run_fields(self.rows, asked.products, in_mg=in_mg)
        self.fields |= _left_fields(products) | since_fields()
        if asked.as_needed or values.get(WAS_ASKED) or (not self.is_bound and has_needed(values)):
            self.fields |= needed_fields()
        self.follow_ups = {str(one.number): one for one in follow_ups}
        self.closing = self._offer(follow_ups, set(map(str, settled)), today)
        set_today(self, today)
        self.helper.layout = self._layout(values, today)
        self.ask_about_item_9(values)
        self.ask_about_far_days({"happened_on": near, **dict.fromkeys(self.first_days(), near)})

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = self.cleaned_data
        for name, wrong in (self.wrong_totals() | self.wrong_runs() | self._wrong_needed()).items():
            if name not in self.errors:
                self.add_error(name, wrong)
        self._check_pressure()
        for name in ASKED_SINCE:
            if data.get(f"{name}_note") and not data.get(name) and name not in self.errors:
                self.add_error(name, "Choose yes, no or unknown to go with the note.")
        return data

    @property
    def named(self) -> tuple[NamedMedicine, ...]:
        """What is said to the medicines that are typed so far."""
        return medicines_named(str(self["new_medicines_note"].value() or ""), self.drug)

    @property
    def answered(self) -> FollowUp | None:
        """The follow-up that is done by this contact."""
        return self.follow_ups.get(self.cleaned_data.get("follow_up", ""))

    @property
    def details(self) -> CheckInDetails:
        data = self.cleaned_data
        return CheckInDetails(
            **{name: data[name] for name in STORED_AS_TYPED},
            **{name: data[name] for name in AS_NEEDED if name in data},
            far_days=self.far_days,
            ratings=ratings_in(data),
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
        left = check_in.left.select_related("product")
        return {
            **{name: getattr(check_in, name) for name in (*STORED_AS_TYPED, *AS_NEEDED)},
            **symptom_values(check_in),
            **{_left(one.product.as_data()): one.product.as_data().in_bottle(one.quantity) for one in left},
            **score_values(check_in),
            **run_values(check_in),
        }

    def _wrong_needed(self) -> dict[str, str]:
        return wrong_needed(self.cleaned_data) if ANSWER in self.fields else {}

    def _check_pressure(self) -> None:
        upper, lower = self.cleaned_data.get("systolic"), self.cleaned_data.get("diastolic")
        if {"systolic", "diastolic"} & set(self.errors):
            return
        if (upper is None) != (lower is None):
            missing = "diastolic" if lower is None else "systolic"
            self.add_error(missing, "Enter both numbers, or neither.")
        elif upper is not None and lower is not None and lower >= upper:
            self.add_error("systolic", "The upper number must be more than the lower one. Check both.")

    def _offer(self, follow_ups: Sequence[FollowUp], settled: Container[str], today: date) -> str:
        """What the page says is closed by this. One that is due later is chosen by a person or not at all; where one
        was settled meanwhile, that is said."""
        follow_up = self.fields["follow_up"]
        assert isinstance(follow_up, forms.ChoiceField)  # noqa: S101
        names = {str(one.number): f"{one.purpose}, due {short(one.due_on)}" for one in follow_ups}
        later = {str(one.number) for one in follow_ups if one.due_on > today}
        asked_for = str(self.initial.get("follow_up") or "")
        follow_up.choices = [("", "None"), *names.items()]
        if not names and self.data.get("follow_up") not in settled:
            del self.fields["follow_up"]
        if not self.is_bound and asked_for in later:
            self.initial["follow_up"] = ""
            return f"“{names[asked_for]}” is due later. It stays open unless you choose it here."
        chosen = self.data.get("follow_up", "") if self.is_bound else asked_for
        if chosen in names:
            return f"{CLOSES}{names[chosen]}."
        return CLOSES_NONE

    def _if_asked(self, name: str) -> list[str]:
        return [name] if name in self.fields else []

    def _paper(self) -> list[Any]:
        """The part of a record that stood on a form first."""
        return []

    def _layout(self, values: Mapping[str, Any], today: date) -> Layout:
        closing = [HTML('{% include "monitoring/_closing.html" %}')]
        return Layout(
            GUARD,
            *self._if_asked("why_corrected"),
            Fieldset(
                "The contact",
                "happened_on",
                _again(f"Today, {in_words(today)}", TODAY, data_today=f"{today:%m/%d/%Y}"),
                InlineRadios("contact"),
                *self._if_asked("follow_up"),
                *(closing if "follow_up" in self.fields else []),
            ),
            *self._paper(),
            symptom_rows(),
            *score_folds(),
            Fold("Blood pressure and pulse", "systolic", "diastolic", "pulse"),
            HTML('<p class="taken-now"><strong>{{ form.now }}</strong></p>'),
            Fold(
                "What was really taken",
                "rows",
                *self.run_rows(values),
                *([] if self.in_mg else [_again("Add up", ADD_UP)]),
                _again("More rows", MORE),
                "missed_or_extra",
                *(needed_rows() if ANSWER in self.fields else []),
                *map(_left, self.products),
                hint="As the patient says, for each run of days on the same amounts. The app adds up each day’s dose.",
            ),
            Fold("Alcohol, opioids, other substances and new medicines", *since_rows(self.drug)),
            Div(shows_danger("decision", "decided"), "decision_note"),
        )


class NewCheckInForm(FromPaperMixin, CheckInForm):
    """One that may have stood on a down-time form."""

    def _paper(self) -> list[Any]:
        self.fields |= paper_fields()
        return [paper_fold()]


class CorrectionForm(CheckInForm):
    why_corrected = TextField(
        max_length=300, label="What was wrong", missing="Write what was wrong in the check-in."
    )

    @property
    def why(self) -> str:
        return str(self.cleaned_data["why_corrected"])


def _again(words: str, what: str, **attributes: str) -> StrictButton:
    """Asks for the page again, with all that was typed and nothing saved."""
    return StrictButton(
        words,
        type="submit",
        name="more",
        value=what,
        css_class="btn-outline-primary btn-sm mb-3 me-2",
        **attributes,
    )


def _left_fields(products: Sequence[ScheduleProduct]) -> dict[str, forms.Field]:
    names = full_names(products)
    return {
        _left(product): CountedField(
            product=product,
            label=f"Left at home{', in mL' if product.drops_per_ml else ''}: {names[product.number]}",
            required=False,
        )
        for product in products
    }


def _left(product: ScheduleProduct) -> str:
    return f"left_{product.number}"
