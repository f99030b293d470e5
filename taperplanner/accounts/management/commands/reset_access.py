"""What a second manager would do, done by an operator of the server: for a clinic that has no second one."""

from __future__ import annotations

from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from taperplanner.accounts import actions
from taperplanner.accounts.access_changes import OF_PASSWORD, Kind, ReasonCode, StepKind
from taperplanner.accounts.links import password_link_path
from taperplanner.accounts.models import User
from taperplanner.accounts.signing_rights import open_reset
from taperplanner.accounts.vouching import Operator

APPROVE, CONFIRM, PASSWORD, SECOND_FACTOR, BOTH = "approve", "confirm", "password", "second-factor", "both"
KINDS: Final = {PASSWORD: Kind.PASSWORD, SECOND_FACTOR: Kind.SECOND_FACTOR, BOTH: Kind.BOTH}
LONGEST_NAME: Final = 80


class Command(BaseCommand):
    help = (
        "In place of a second manager. approve: the reset that a manager asked for. confirm: the account, after speaking"
        " with the person. password, second-factor, both: a reset that nobody in the clinic can ask for, as when its one"
        " manager is locked out; prints the link. Your name and the reason are kept, and shown to the clinic."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=[APPROVE, CONFIRM, *KINDS])
        parser.add_argument("email", help="what the person signs in with")
        parser.add_argument("--operator", required=True, help="your own name")
        parser.add_argument("--reason", required=True, choices=ReasonCode.values)

    def handle(self, *_: Any, **options: Any) -> None:
        name = " ".join(options["operator"].split())
        if not name or len(name) > LONGEST_NAME:
            raise CommandError(f"--operator: type your own name, in at most {LONGEST_NAME} characters.")
        user = User.objects.select_related("clinic").filter(email=options["email"].strip().lower()).first()
        if user is None:
            raise CommandError("Nobody signs in with this e-mail address.")
        try:
            self.stdout.write(_done(options["what"], user, Operator(name, ReasonCode(options["reason"]))))
        except actions.CannotEditUser as refusal:
            raise CommandError(str(refusal)) from refusal


def _done(what: str, user: User, operator: Operator) -> str:
    """What was done, in a sentence. Raises: CannotEditUser."""
    now = timezone.now()
    if what == CONFIRM:
        actions.confirm_access(user=user, by=operator, at=now)
        return f"The account of {user.name} is confirmed."
    if what in KINDS:
        actions.ask_reset(user=user, kind=KINDS[what], by=None, at=now)
    reset = open_reset(user, now)
    if reset is None or reset.has(StepKind.APPROVED):
        raise actions.CannotEditUser(f"No reset of {user.name} waits for an approval.")
    actions.approve_reset(change=reset, by=operator, at=now)
    if what not in KINDS or reset.kind not in OF_PASSWORD:
        return f"The reset for {user.name} is approved."
    linked = actions.make_password_link(user=user, by=None, at=now)
    return f"{user.name} sets a password here, once, within three days:\n{password_link_path(linked)}"
