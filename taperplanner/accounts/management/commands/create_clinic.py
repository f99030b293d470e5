"""Make a clinic and its first manager in one sitting, and print the link with which they set their password.

What no option gives is asked for, where there is somebody to ask.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any, Final, TypeVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, ProgrammingError
from django.forms import Form
from django.utils import timezone

from taperplanner.accounts import actions
from taperplanner.accounts.forms import ClinicForm, PersonForm
from taperplanner.accounts.links import password_link_path
from taperplanner.accounts.models import Clinic

F = TypeVar("F", bound=Form)
# Of each option the field that it fills, and what is asked for it.
Options = dict[str, tuple[str, str]]
OF_CLINIC: Final[Options] = {
    "name": ("name", "The clinic’s name, as it stands on handouts"),
    "phone": ("phone", "Its phone number, as it stands on handouts"),
    "after_hours_phone": (
        "after_hours_phone",
        "The number for nights and weekends, as it stands on handouts",
    ),
    "address": ("address", "Its address, as it stands on handouts; a semicolon begins a new line"),
    "time_zone": ("time_zone", "Its time zone, for example America/Chicago"),
}
OF_MANAGER: Final[Options] = {
    "manager_name": ("name", "The first manager’s name"),
    "manager_email": ("email", "The e-mail address that they sign in with"),
}
# What there is no clinic without. Its manager is told what else is missing.
REQUIRED: Final = ("name", "time_zone", "manager_name", "manager_email")


class Command(BaseCommand):
    help = (
        "Make a clinic and its first manager. Prints a one-time link with which the manager sets a password. Asks for"
        " what no option gives."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        for option, (_, asked) in (OF_CLINIC | OF_MANAGER).items():
            parser.add_argument(_flag(option), help=asked)

    def handle(self, *_: Any, **options: Any) -> None:
        typed = {option: options[option] for option in OF_CLINIC | OF_MANAGER}
        if sys.stdin.isatty():
            self._ask(ClinicForm(), OF_CLINIC, typed)
            self._ask(PersonForm(), OF_MANAGER, typed)
        if missing := [_flag(option) for option in REQUIRED if typed[option] is None]:
            raise CommandError(
                f"Give {', '.join(missing)}, or run this in a terminal, where it asks for them."
            )
        typed["address"] = "\n".join(line.strip() for line in (typed["address"] or "").split(";"))
        self._make(
            _checked(ClinicForm, OF_CLINIC, typed, ClinicForm.values_of(Clinic())),
            _checked(PersonForm, OF_MANAGER, typed, {}),
        )

    def _ask(self, form: Form, options: Options, typed: dict[str, Any]) -> None:
        """Each again until it can be taken."""
        for option, (name, asked) in options.items():
            while typed[option] is None:
                answer = input(f"{asked}: ")
                try:
                    form.fields[name].clean(answer)
                except ValidationError as error:
                    self.stderr.write(" ".join(error.messages))
                else:
                    typed[option] = answer

    def _make(self, form: ClinicForm, person: PersonForm) -> None:
        try:
            clinic, user = actions.create_clinic(
                details=form.details,
                manager_name=person.cleaned_data["name"],
                manager_email=person.cleaned_data["email"],
                at=timezone.now(),
            )
        except actions.CannotAddUser as refusal:
            raise CommandError(f"--manager-email: {refusal}") from refusal
        except (OperationalError, ProgrammingError) as error:
            raise CommandError(
                f"The database cannot be used ({error}). Run manage.py migrate first."
            ) from error
        self.stdout.write(
            f"{clinic.name} was made. {user.name} sets a password here, once, within three days:\n"
            f"{settings.SITE_ADDRESS.rstrip('/')}{password_link_path(user)}"
        )


def _flag(option: str) -> str:
    return f"--{option.replace('_', '-')}"


def _checked(kind: type[F], options: Options, typed: Mapping[str, Any], unasked: Mapping[str, Any]) -> F:
    """Raises: CommandError, which names each option with what to type."""
    form = kind({**unasked, **{name: typed[option] or "" for option, (name, _) in options.items()}})
    if not form.is_valid():
        flags = {name: _flag(option) for option, (name, _) in options.items()}
        said = (
            f"{flags.get(name, name)}: {' '.join(map(str, errors))}" for name, errors in form.errors.items()
        )
        raise CommandError("\n".join(said))
    return form
