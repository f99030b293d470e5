"""What a provider types to sign, and what each warning is answered with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from crispy_forms.layout import Div, Field, Fieldset, Layout
from django import forms
from django.template.loader import render_to_string
from django.utils.html import format_html

from taperplanner.accounts.confirm_form import ConfirmForm
from taperplanner.accounts.http import ClinicRequest
from taperplanner.fields import TextField
from taperplanner.forms import Fold
from taperplanner.patients.births import Birth
from taperplanner.patients.fields import BirthField, MrnField

from ..confirmed import what_is_signed
from ..draft.problem import Problem
from ..models import Draft
from ..other_plans import ReadBack

LONGEST: Final = 500
READ: Final = "Read back and ticked at the signature."
UNREAD: Final = "Read this, and tick that you have."
UNANSWERED: Final = "Tick this for the one reason below, write a reason of its own, or go back and change it."
NOT_THIS_PATIENT: Final = "This is not this patient's {what}. Check that the right patient is open."
MORE_THAN_RECORDED: Final = (
    "The record knows only the year. Type the year alone. If the patient's papers have the whole date, enter it in the"
    " patient's record first."
)


class SignForm(ConfirmForm):
    """The patient's birth date typed, the signer confirmed again, a reason for each warning, and a tick for each other open plan
    of the patient that what it says was read.

    Where only the year of birth is known, which many share, the MRN is typed beside it.
    """

    date_of_birth = BirthField(
        label="The patient's date of birth",
        help_text="Type it from the patient's papers, so that the right patient is signed for.",
        error_messages={"required": "Type the patient's date of birth."},
    )
    missing_password = "Enter your password to sign."  # noqa: S105

    def __init__(
        self,
        *args: Any,
        request: ClinicRequest,
        draft: Draft,
        revision: int,
        warnings: list[Problem],
        read_back: Sequence[ReadBack],
        is_judged: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.draft, self.revision = draft, revision
        self.patient = draft.plan.patient
        self.born, self.warnings = self.patient.birth, warnings
        self.to_read = [problem for problem in warnings if problem.is_read_back]
        to_explain = [problem for problem in warnings if not problem.is_read_back]
        self.kinds = tuple(Kind(code, tuple(found)) for code, found in by_code(to_explain).items())
        for kind in self.kinds:
            self.fields |= self._fields_of(kind)
        for problem, one in zip(self.to_read, read_back, strict=True):
            self.fields[read_of(problem)] = forms.BooleanField(
                label=render_to_string("tapers/_read_back.html", {"one": one}),
                error_messages={"required": UNREAD},
            )
        asked = [kind.as_layout() for kind in self.kinds]
        read = [Div(read_of(problem), css_class="warning-answer") for problem in self.to_read]
        if read:
            asked.append(Fieldset("What the patient’s other open plans say", *read))
        self.helper.layout = Layout(*asked, "date_of_birth", *self._ask_for_year_and_mrn())
        self.helper.layout.extend(self.ask_to_confirm(request, is_judged=is_judged))

    def _ask_for_year_and_mrn(self) -> list[str]:
        """The field to add, where only the year of birth is known."""
        if self.born.day:
            return []
        year = self.fields["date_of_birth"]
        year.label = "The patient's year of birth"
        year.help_text = (
            "Only the year is known. Type it, and the MRN, from the patient's papers, so that the right patient is signed"
            " for."
        )
        year.error_messages["required"] = "Type the patient's year of birth."
        year.widget.attrs["placeholder"] = "YYYY"
        self.fields["mrn"] = MrnField(
            max_length=40, label="The patient's MRN", missing="Type the patient's MRN."
        )
        return ["mrn"]

    def _fields_of(self, kind: Kind) -> dict[str, forms.Field]:
        fields: dict[str, forms.Field] = {}
        for problem in kind.problems:
            if kind.is_shared:
                fields[tick_of(problem)] = forms.BooleanField(label=problem.sentence, required=False)
            fields[reason_of(problem)] = TextField(
                label="Why this one is meant" if kind.is_shared else problem.sentence,
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": 2}),
                required=not kind.is_shared,
                missing="Write why this is meant, or go back and change it.",
                help_text=self._earlier_reason(problem),
            )
        if kind.is_shared:
            fields[kind.shared] = TextField(
                label="One reason for each warning that is ticked above",
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": 2}),
                required=False,
            )
        return fields

    def _earlier_reason(self, problem: Problem) -> str:
        """The reason typed for an earlier wording of this warning: shown, but not used."""
        name, place = reason_of(problem), f"reason-{problem.place}-"
        earlier = next((text for key, text in self.data.items() if key.startswith(place) and key != name), "")
        if not earlier:
            return ""
        return format_html("This warning changed. Before that you wrote: “{}”", earlier)

    def clean(self) -> dict[str, Any]:
        """Each warning has one reason: its own, or the one of the ticked."""
        for kind in self.kinds:
            if kind.is_shared:
                self._check(kind)
        return super().clean()

    def confirmed(self) -> str:
        return what_is_signed(self.draft, self.revision, self.reasons())

    def _check(self, kind: Kind) -> None:
        shared = self.cleaned_data.get(kind.shared, "")
        ticked = [problem for problem in kind.problems if self.cleaned_data.get(tick_of(problem))]
        if ticked and not shared and kind.shared not in self.errors:
            self.add_error(kind.shared, "Write the reason for the warnings that are ticked, or untick them.")
        if shared and not ticked:
            self.add_error(kind.shared, "Tick each warning that this reason answers, or take it out.")
        for problem in kind.problems:
            own = self.cleaned_data.get(reason_of(problem), "")
            if problem in ticked and own:
                self.add_error(reason_of(problem), "Untick this warning, or take out the reason of its own.")
            elif problem not in ticked and not own and reason_of(problem) not in self.errors:
                self.add_error(tick_of(problem), UNANSWERED)

    def clean_date_of_birth(self) -> Birth:
        typed: Birth = self.cleaned_data["date_of_birth"]
        if typed.day and not self.born.day:
            raise forms.ValidationError(MORE_THAN_RECORDED)
        if self.born.day and not typed.day:
            raise forms.ValidationError("Type the whole date: month, day and year, for example 11/23/2026.")
        if typed != self.born:
            what = "date of birth" if self.born.day else "year of birth"
            raise forms.ValidationError(NOT_THIS_PATIENT.format(what=what), code="mismatch")
        return typed

    def clean_mrn(self) -> str:
        """Asked for beside a year only."""
        typed: str = self.cleaned_data["mrn"]
        if typed.upper() != self.patient.mrn.upper():
            raise forms.ValidationError(NOT_THIS_PATIENT.format(what="MRN"), code="mismatch")
        return typed

    def reasons(self) -> dict[str, str]:
        """Of a valid form: why each warning is meant, by its key."""
        return {problem.key: READ for problem in self.to_read} | {
            problem.key: self.cleaned_data[
                kind.shared if self.cleaned_data.get(tick_of(problem)) else reason_of(problem)
            ]
            for kind in self.kinds
            for problem in kind.problems
        }


@dataclass(frozen=True, slots=True)
class Kind:
    """The warnings of one code. Where there are several, one reason may answer those that are ticked."""

    code: str
    problems: tuple[Problem, ...]

    @property
    def is_shared(self) -> bool:
        return len(self.problems) > 1

    @property
    def shared(self) -> str:
        return f"shared-reason-{self.code}"

    def as_layout(self) -> Fieldset | Field:
        if not self.is_shared:
            return Field(reason_of(self.problems[0]))
        rows = [
            Div(
                tick_of(problem),
                Fold("A reason of its own", reason_of(problem), is_section=False),
                css_class="warning-answer",
            )
            for problem in self.problems
        ]
        return Fieldset(
            f"{len(rows)} warnings of one kind: tick those that one reason answers", *rows, self.shared
        )


def by_code(warnings: Iterable[Problem]) -> dict[str, list[Problem]]:
    found: dict[str, list[Problem]] = {}
    for problem in warnings:
        found.setdefault(problem.code, []).append(problem)
    return found


def reason_of(problem: Problem) -> str:
    return f"reason-{problem.key}"


def read_of(problem: Problem) -> str:
    return f"read-{problem.key}"


def tick_of(problem: Problem) -> str:
    return f"shares-{problem.key}"
