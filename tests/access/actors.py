"""Who asks. A new kind of actor is one line of `ACTORS`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse

from taperplanner.accounts import actions as accounts
from taperplanner.accounts.models import User
from taperplanner.accounts.permissions import Role

from ..world.universe import NOW, PASSWORD, House, reset

P, S, M, C = Role.PROVIDER, Role.STAFF, Role.MANAGER, Role.CHECKER
SignIn = Callable[[House, frozenset[Role]], Client]


@dataclass(frozen=True)
class Actor:
    """`roles`: those that count while this actor asks; none of somebody who is not signed in. `opens`: the restricted
    record, by name or in an emergency."""

    sign_in: SignIn
    roles: frozenset[Role] = frozenset()
    is_here: bool = True
    opens: bool = False

    @property
    def is_signed_in(self) -> bool:
        return bool(self.roles)


def somebody(house: House, roles: frozenset[Role]) -> User:
    """A person who has these roles and a password."""
    email = f"{'.'.join(sorted(roles))}.{house.clinic.users.count()}@actors.example"
    user = accounts.add_user(
        clinic=house.clinic,
        email=email,
        name="Alex Actor",
        credentials="",
        roles=roles,
        by=house.manager,
        at=NOW,
    )
    return accounts.set_password(user=user, password=PASSWORD, by=user, at=NOW)


def nobody(house: House, roles: frozenset[Role]) -> Client:
    return Client()


def signed_in(house: House, roles: frozenset[Role]) -> Client:
    """The first who has a single role is the one who made what is asked for."""
    client = Client()
    known = [house.people[role] for role in roles if len(roles) == 1]
    client.force_login(known[0] if known else somebody(house, roles))
    return client


def deactivated(house: House, roles: frozenset[Role]) -> Client:
    """The session is from before."""
    client, user = Client(), somebody(house, frozenset({P, M}))
    client.force_login(user)
    accounts.deactivate_user(user=user, by=house.manager, at=NOW)
    return client


def second_factor_pending(house: House, roles: frozenset[Role]) -> Client:
    """The password was right; the code was not entered yet."""
    client, user = Client(), somebody(house, frozenset({P, M}))
    TOTP.activate(user, generate_totp_secret())
    answer = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert answer["Location"].startswith(reverse("mfa_authenticate"))
    return client


def password_set_meanwhile(house: House, roles: frozenset[Role]) -> Client:
    """The session is from before somebody set the password by the link of a reset."""
    client, user = Client(), somebody(house, frozenset({P, M}))
    client.force_login(user)
    by_a_link(user, house)
    return client


def after_a_reset(house: House, roles: frozenset[Role]) -> Client:
    """Within the hours in which the account signs nothing."""
    client, user = Client(), somebody(house, roles)
    by_a_link(user, house)
    client.force_login(User.objects.get(pk=user.pk))
    return client


def by_a_link(user: User, house: House) -> None:
    reset(user, house)
    linked = accounts.make_password_link(user=user, by=house.manager, at=NOW)
    accounts.set_password_with_link(user=linked, password=f"{PASSWORD} again", by=linked, at=NOW)


def another(house: House, roles: frozenset[Role]) -> Client:
    """Not the one who made what is asked for."""
    client = Client()
    client.force_login(somebody(house, roles))
    return client


ACTORS: Final[Mapping[str, Actor]] = {
    "nobody": Actor(nobody),
    "deactivated": Actor(deactivated),
    "second factor pending": Actor(second_factor_pending),
    "password set meanwhile": Actor(password_set_meanwhile),
    "reset account": Actor(after_a_reset, frozenset({P})),
    "provider": Actor(signed_in, frozenset({P}), opens=True),
    "staff": Actor(signed_in, frozenset({S})),
    "emergency access": Actor(another, frozenset({S}), opens=True),
    "manager": Actor(signed_in, frozenset({M})),
    "staff who checks": Actor(signed_in, frozenset({S, C})),
    "provider and manager": Actor(signed_in, frozenset({P, M})),
    "staff and manager": Actor(signed_in, frozenset({S, M})),
    "provider there": Actor(signed_in, frozenset({P}), is_here=False),
    "staff there": Actor(signed_in, frozenset({S}), is_here=False),
    "manager there": Actor(signed_in, frozenset({M}), is_here=False),
    "staff who checks there": Actor(signed_in, frozenset({S, C}), is_here=False),
}
