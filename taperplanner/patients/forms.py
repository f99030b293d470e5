"""The forms of a patient's own record and of the safety facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from crispy_forms.bootstrap import InlineRadios
from crispy_forms.layout import Div, Field, Fieldset, Layout
from django import forms

from taperplanner.fields import LineField, LinesField, in_the_future
from taperplanner.forms import Fold, PlainForm

from .births import Birth
from .choices import FACT_GROUPS
from .details import FactAnswer, PatientDetails
from .fields import BirthField, MrnField, NameField
from .lookalikes import Lookalike
from .models import PAPER_LANGUAGES, Answer, Fact, LetterSize, Patient, Sex

NOT_ASKED = ""


class PatientForm(PlainForm):
    given_name = NameField(max_length=100, label="Given name")
    family_name = NameField(max_length=100, label="Family name", missing="Enter the family name.")
    has_one_name = forms.BooleanField(
        required=False, label="This person has one name only", help_text="Enter it as the family name."
    )
    preferred_name = NameField(max_length=100, label="Preferred name", help_text="If they go by another.")
    date_of_birth = BirthField(
        label="Date of birth",
        error_messages={
            "required": "Enter the date of birth as month, day, year, for example 03/02/1980, or the year if no more"
            " is known."
        },
    )
    only_the_year = forms.BooleanField(
        required=False, label="Only the year is known", help_text="Then type the year alone."
    )
    sex = forms.ChoiceField(
        label="Sex, as recorded by the clinic",
        choices=[(NOT_ASKED, "Not recorded"), *Sex.choices],
        required=False,
    )
    sex_in_words = LineField(
        max_length=60, label="Another, in words", help_text="Only where “another” is chosen."
    )
    pronoun = LineField(
        max_length=40,
        label="Pronoun",
        not_asked="words for a person, from which nobody reads a dose",
        help_text="As the patient says it, for example “she”, “he” or “they”. Empty if nobody asked.",
    )
    mrn = MrnField(
        max_length=40,
        label="MRN",
        missing="Enter the medical record number, as on the chart.",
        help_text="The medical record number, as on the chart.",
    )
    allergies = LinesField(
        max_length=500,
        label="Allergies, as written before there was a list",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Put each on the list of allergies and intolerances, on the patient’s page. Then empty this.",
    )
    phone = LineField(max_length=40, label="Phone", not_asked="a phone number")
    emergency_contact_name = LineField(max_length=120, label="Name", not_asked="a name")
    emergency_contact_relation = LineField(
        max_length=60, label="Relation to the patient", not_asked="a word for a person"
    )
    emergency_contact_phone = LineField(
        max_length=40, label="Phone of the contact", not_asked="a phone number"
    )
    home_caregiver = LineField(
        max_length=200,
        label="Caregiver at home",
        help_text="For example “daughter, mornings”, or “nobody: lives alone”.",
    )

    paper_language = forms.ChoiceField(
        label="Language of the handouts",
        choices=[(NOT_ASKED, "Not asked yet"), *PAPER_LANGUAGES],
        required=False,
        help_text="Ask the patient. Handouts are printed in it unless somebody chooses another.",
    )
    letter_size = forms.ChoiceField(
        label="Print size",
        choices=[(NOT_ASKED, "Not asked yet"), *LetterSize.choices],
        required=False,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        if not self.initial.get("allergies"):
            del self.fields["allergies"]  # what is known stands on the list
        self.helper.layout = Layout(
            Fieldset(
                "About the patient",
                _row("given_name", "family_name"),
                "has_one_name",
                Div(
                    Field("preferred_name", wrapper_class="col-sm"),
                    Div("date_of_birth", "only_the_year", css_class="col-sm"),
                    Field("mrn", wrapper_class="col-sm"),
                    css_class="row",
                ),
                _row("sex", "sex_in_words", "pronoun"),
                *(_row(name) for name in ("allergies",) if name in self.fields),
                _row("phone"),
            ),
            Fieldset("Handouts", _row("paper_language", "letter_size")),
            Fieldset(
                "In an emergency",
                _row("emergency_contact_name", "emergency_contact_relation", "emergency_contact_phone"),
                _row("home_caregiver"),
            ),
        )

    def clean_date_of_birth(self) -> Birth:
        born: Birth = self.cleaned_data["date_of_birth"]
        if (born.day or date(born.year, 1, 1)) > self._today:
            raise forms.ValidationError(in_the_future(self._today))
        return born

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        born = cleaned.get("date_of_birth")
        if born and born.only_year and not cleaned.get("only_the_year"):
            self.add_error(
                "date_of_birth",
                "This is a year only. Enter month, day and year, or tick that only the year is known.",
            )
        if born and born.day and cleaned.get("only_the_year"):
            self.add_error(
                "date_of_birth",
                "This is a whole date. Take away the tick at “only the year is known”, or enter the year alone.",
            )
        is_another = cleaned.get("sex") == Sex.ANOTHER
        if is_another and not cleaned.get("sex_in_words") and "sex_in_words" not in self.errors:
            self.add_error("sex_in_words", "Write it in words, or choose another answer.")
        if cleaned.get("sex_in_words") and not is_another:
            self.add_error("sex_in_words", "Leave this empty, or choose “another, in words”.")
        given = cleaned.get("given_name")
        if not given and "given_name" not in self.errors and not cleaned.get("has_one_name"):
            self.add_error("given_name", "Enter the given name, or tick that this person has one name only.")
        if given and cleaned.get("has_one_name"):
            self.add_error("given_name", "Leave this empty, or take away the tick at “one name only”.")
        return cleaned

    @property
    def details(self) -> PatientDetails:
        birth: Birth = self.cleaned_data["date_of_birth"]
        values = {"allergies": ""} | self.cleaned_data
        values |= {"date_of_birth": birth.day, "birth_year": birth.only_year}
        return PatientDetails(**{field.name: values[field.name] for field in fields(PatientDetails)})

    @staticmethod
    def values_of(patient: Patient) -> dict[str, Any]:
        values = {field.name: getattr(patient, field.name) for field in fields(PatientDetails)}
        values["date_of_birth"], values["only_the_year"] = patient.birth, values.pop("birth_year") is not None
        return values | {"has_one_name": not patient.given_name}


class ArchiveForm(PlainForm):
    reason = LineField(
        max_length=200,
        label="Why is this patient archived?",
        missing="Enter why this patient is archived, for example “moved away”.",
        help_text="For example “moved to another clinic”, “died on …”, “added twice”.",
    )

    @staticmethod
    def values_of(patient: Patient) -> dict[str, Any]:
        return {"reason": patient.archived_reason}


class DifferentPeopleForm(PlainForm):
    """A tick for each person who might be the same as the one being added, but is not."""

    def __init__(self, *args: Any, people: Sequence[Lookalike], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        self.fields["different_from"] = forms.MultipleChoiceField(
            label="Tick each one who is a different person",
            choices=[(person.id.hex, f"{person.name}, MRN {person.mrn}") for person in people],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if len(set(cleaned.get("different_from", ()))) < len(self.people):
            self.add_error(
                "different_from", "Tick each one who is a different person, or open their page instead."
            )
        return cleaned


class Note(Fold):
    """What may be said beside an answer, opened by whoever has something to say."""

    template = "patients/_fact_note.html"


class SafetyFactsForm(PlainForm):
    """A question for each fact. One left without an answer stays as it is: nothing is taken for "no"."""

    revision_field = "safety_facts_revision"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for fact in Fact:
            choices = list(Answer.choices)
            if not self.initial.get(fact):
                choices.append((NOT_ASKED, "Not asked yet"))
            self.fields[fact.value] = forms.ChoiceField(
                label=fact.label,
                choices=choices,
                widget=forms.RadioSelect,
                required=False,
            )
            self.fields[_note(fact)] = LineField(max_length=300, label=f"Note on {fact.label.lower()}")
        self.helper.layout = Layout(
            *(Fieldset(title, *map(_question, facts), css_class="fact-group") for title, facts in FACT_GROUPS)
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for fact in Fact:
            if cleaned.get(_note(fact)) and not cleaned.get(fact) and fact not in self.errors:
                self.add_error(fact, "Choose yes, no or unknown to go with the note.")
        return cleaned

    @property
    def answers(self) -> dict[Fact, FactAnswer]:
        return {
            fact: FactAnswer(answer=Answer(self.cleaned_data[fact]), note=self.cleaned_data[_note(fact)])
            for fact in Fact
            if self.cleaned_data[fact]
        }

    @staticmethod
    def values_of(patient: Patient) -> dict[str, Any]:
        rows = {Fact(row.fact): row for row in patient.safety_facts.all()}
        answers = {fact.value: rows[fact].answer if fact in rows else NOT_ASKED for fact in Fact}
        return answers | {_note(fact): rows[fact].note if fact in rows else "" for fact in Fact}


def _question(fact: Fact) -> Div:
    note = Note(fact.label.lower(), Field(_note(fact)))
    return Div(InlineRadios(fact.value), note, css_class="fact-question")


def _note(fact: Fact) -> str:
    return f"{fact.value}_note"


def _row(*names: str) -> Div:
    """Fields side by side where there is room."""
    return Div(*(Field(name, wrapper_class="col-sm") for name in names), css_class="row")
