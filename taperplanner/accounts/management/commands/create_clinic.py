"""Make a clinic and its first manager, and print the link with which they set their password."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, ProgrammingError
from django.forms import Form
from django.utils import timezone

from taperplanner.accounts import actions
from taperplanner.accounts.forms import ClinicForm, PersonForm
from taperplanner.accounts.links import password_link_path
from taperplanner.accounts.models import Clinic


class Command(BaseCommand):
    help = (
        "Make a clinic and its first manager. Prints a one-time link with which the manager sets a password."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", required=True, help="the clinic's name, as it stands on handouts")
        parser.add_argument("--manager-email", required=True, help="what the manager signs in with")
        parser.add_argument("--manager-name", required=True)
        parser.add_argument("--time-zone", default="America/New_York", help="for example America/Chicago")

    def handle(self, *_: Any, **options: Any) -> None:
        typed = {**ClinicForm.values_of(Clinic()), "name": options["name"], "time_zone": options["time_zone"]}
        form = ClinicForm(typed)
        _check(form, {"name": "--name", "time_zone": "--time-zone"})
        person = PersonForm({"name": options["manager_name"], "email": options["manager_email"]})
        _check(person, {"name": "--manager-name", "email": "--manager-email"})
        manager = person.cleaned_data
        try:
            clinic, user = actions.create_clinic(
                details=form.details,
                manager_name=manager["name"],
                manager_email=manager["email"],
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
            f"{password_link_path(user)}"
        )


def _check(form: Form, options: dict[str, str]) -> None:
    """`options`: which option of the command stands for which field. Raises: CommandError."""
    if not form.is_valid():
        raise CommandError(
            "\n".join(
                f"{options.get(name, name)}: {' '.join(map(str, errors))}"
                for name, errors in form.errors.items()
            )
        )
