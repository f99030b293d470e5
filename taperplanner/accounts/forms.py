"""What a manager types: the clinic's settings, and its people."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final

from django import forms
from django.core.validators import validate_email

from taperplanner.fields import LineField, LinesField, WholeNumberField
from taperplanner.forms import PlainForm

from .access_changes import Kind
from .details import ClinicDetails
from .models import Clinic, PaperSize, User, time_zones
from .permissions import Role

SHORTEST_IDLE, LONGEST_IDLE = 2, 120
_IN_THE_US: Final = {
    "America/New_York": "Eastern (New York)",
    "America/Chicago": "Central (Chicago)",
    "America/Denver": "Mountain (Denver)",
    "America/Phoenix": "Mountain without daylight saving (Phoenix)",
    "America/Los_Angeles": "Pacific (Los Angeles)",
    "America/Anchorage": "Alaska (Anchorage)",
    "Pacific/Honolulu": "Hawaii (Honolulu)",
}


class EmailField(LineField):
    """In lower case and ASCII, so that no two people sign in with addresses that look alike."""

    widget = forms.EmailInput
    default_validators = [validate_email]

    def to_python(self, value: Any) -> str:
        email = super().to_python(value).lower()
        if not email.isascii():
            raise forms.ValidationError(
                "Enter the e-mail address in plain letters, for example ana@clinic.example."
            )
        return email


class ClinicForm(PlainForm):
    name = LineField(
        label="Name of the clinic", max_length=120, missing="Enter the clinic's name.", not_asked="a name"
    )
    address = LinesField(
        label="Address", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        not_asked="a street may have a number like 12 1/2",
    )  # fmt: skip
    phone = LineField(
        label="Phone",
        max_length=40,
        not_asked="a phone number",
        required=False,
        help_text="Printed on every handout. No plan can be signed without it.",
    )
    after_hours_phone = LineField(
        label="Phone after hours",
        max_length=40,
        not_asked="a phone number",
        required=False,
        help_text="Whom a patient calls at night or on a weekend. No plan can be signed without it.",
    )
    time_zone = forms.ChoiceField(
        label="Time zone",
        help_text="Decides which day is today, on the schedule and on paper. Type a city's first letters to find it.",
        error_messages={"invalid_choice": "Choose a time zone from the list, for example America/Chicago."},
    )
    paper_size = forms.ChoiceField(label="Paper size", choices=PaperSize.choices, widget=forms.RadioSelect)
    requires_check = forms.BooleanField(
        label="A second person checks each signed version before it can be printed",
        required=False,
        help_text="A provider, or staff marked as checker; never the one who signed.",
    )
    requires_reviewed_texts = forms.BooleanField(
        label="A handout can be printed only when a named clinician has reviewed each of its texts",
        required=False,
        help_text="The page Guidance, Texts for patients lists those that still await a review.",
    )
    requires_second_factor = forms.BooleanField(
        label="Providers, managers and checkers sign in, sign and check with a passkey or a code of an app",
        required=False,
        help_text="Whoever has neither is asked to set one up at the next sign-in. Other staff may have one too.",
    )
    idle_limit_minutes = WholeNumberField(
        lowest=SHORTEST_IDLE,
        highest=LONGEST_IDLE,
        label="Sign people out after this many minutes of inactivity",
        help_text=f"From {SHORTEST_IDLE} to {LONGEST_IDLE}.",
        missing="Enter a number of minutes.",
        wrong=f"Enter a whole number of minutes from {SHORTEST_IDLE} to {LONGEST_IDLE}.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["time_zone"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = zone_choices()

    @property
    def details(self) -> ClinicDetails:
        return ClinicDetails(**self.cleaned_data)

    @staticmethod
    def values_of(clinic: Clinic) -> dict[str, Any]:
        return asdict(ClinicDetails.of(clinic))


class PersonForm(PlainForm):
    """Someone who signs in: what is asked of each of them, the first manager too."""

    name = LineField(
        label="Name",
        max_length=120,
        not_asked="a name",
        help_text="As it appears under what they sign.",
        missing="Enter the person's name.",
    )
    email = EmailField(
        label="E-mail address",
        max_length=254,
        help_text="They sign in with it.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        missing="Enter their e-mail address.",
        error_messages={"invalid": "Enter a whole e-mail address, for example ana@clinic.example."},
    )


class UserForm(PersonForm):
    field_order = ["name", "credentials", "email", "roles"]
    credentials = LineField(
        label="Credentials",
        max_length=40,
        not_asked="letters after a name",
        required=False,
        help_text="For example MD, NP or RN. Printed after the name.",
    )
    roles = forms.MultipleChoiceField(
        label="Roles",
        choices=[
            (Role.PROVIDER.value, "Provider: writes and signs plans"),
            (Role.STAFF.value, "Staff: records patients, prints handouts"),
            (Role.MANAGER.value, "Manager: people, settings and the audit log; sees no patients"),
            (Role.CHECKER.value, "Checker, for staff: checks what was signed before it is printed"),
        ],
        widget=forms.CheckboxSelectMultiple,
        help_text="A person with two roles may do what either of them may.",
        error_messages={"required": "Choose at least one role."},
    )

    def clean_roles(self) -> frozenset[Role]:
        roles = frozenset(Role(role) for role in self.cleaned_data["roles"])
        if Role.CHECKER in roles and not roles & {Role.PROVIDER, Role.STAFF}:
            raise forms.ValidationError("A checker is also a provider or staff. Choose that role too.")
        return roles

    @staticmethod
    def values_of(user: User) -> dict[str, Any]:
        return {
            "name": user.name,
            "email": user.email,
            "credentials": user.credentials,
            "roles": [role.value for role in user.roles],
        }


class ResetForm(PlainForm):
    """What of somebody's access is to be reset. Nothing is chosen for the manager."""

    kind = forms.ChoiceField(
        label="What have they lost?",
        choices=[(Kind.PASSWORD.value, "The password")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what they have lost."},
    )

    def __init__(self, *args: Any, uses_two_step: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        if uses_two_step:
            field.choices = [
                (Kind.PASSWORD.value, "The password; they still have their phone or a recovery code"),
                (Kind.SECOND_FACTOR.value, "The phone and the recovery codes; they still know the password"),
                (Kind.BOTH.value, "The password, the phone and the recovery codes"),
            ]

    def clean_kind(self) -> Kind:
        return Kind(self.cleaned_data["kind"])


def zone_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """By region, each starting with its city, so that typing the city's letters finds it."""
    groups: dict[str, list[tuple[str, str]]] = {"United States": list(_IN_THE_US.items())}
    for name in time_zones():
        region, _, city = name.partition("/")
        if name not in _IN_THE_US and region != "US":
            city = city.replace("_", " ").replace("/", ", ")
            groups.setdefault(region, []).append((name, f"{city} ({region})"))
    return [(region, sorted(zones, key=lambda zone: zone[1]) if region != "United States" else zones)
            for region, zones in groups.items()]  # fmt: skip
