"""The world the tests live in, built by actions only: two clinics, a user of each role in both."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db import connection
from django.test import Client

from taperplanner.accounts import actions as accounts
from taperplanner.accounts.access_changes import AccessChange, Kind, ReasonCode
from taperplanner.accounts.details import ClinicDetails
from taperplanner.accounts.models import Clinic, User
from taperplanner.accounts.permissions import Role
from taperplanner.accounts.vouching import Operator

from .remembered import Story

PASSWORD = "correct horse battery staple"
OPERATOR = Operator("Otto Operator", ReasonCode.ONE_MANAGER)
NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)  # a Monday morning in New York


@dataclass
class House:
    """One clinic and its people."""

    clinic: Clinic
    provider: User
    staff: User
    manager: User
    story: Story = field(default_factory=Story, repr=False, compare=False)

    @property
    def people(self) -> dict[Role, User]:
        return {Role.PROVIDER: self.provider, Role.STAFF: self.staff, Role.MANAGER: self.manager}


@dataclass
class Universe:
    ours: House
    theirs: House
    clients: dict[User, Client] = field(default_factory=dict)

    def client_of(self, user: User) -> Client:
        """A browser in which this user is signed in."""
        if user not in self.clients:
            self.clients[user] = Client()
            with self.ours.story.aside():
                self.clients[user].force_login(user)
        return self.clients[user]


def build() -> Universe:
    if connection.vendor != "sqlite" or Clinic.objects.exists():
        return build_houses()
    story = Story()
    universe = story.tell(b"a universe", build_houses)
    for house in (universe.ours, universe.theirs):
        house.story = story
        story.know(house, house.clinic, *house.people.values())
    return universe


def build_houses() -> Universe:
    return Universe(
        ours=build_house("Riverside Clinic", "riverside"), theirs=build_house("Hilltop Clinic", "hilltop")
    )


def build_house(name: str, domain: str) -> House:
    clinic, manager = accounts.create_clinic(
        details=ClinicDetails(
            name=name, phone="555-0100", after_hours_phone="555-0199", requires_second_factor=False
        ),
        manager_email=f"manager@{domain}.example",
        manager_name="Mina Manager",
        by=None,
        at=NOW,
    )
    provider, staff = (
        accounts.add_user(
            clinic=clinic,
            email=f"{role}@{domain}.example",
            name=person,
            credentials=credentials,
            roles=frozenset({role}),
            by=manager,
            at=NOW,
        )
        for role, person, credentials in (
            (Role.PROVIDER, "Priya Provider", "MD"),
            (Role.STAFF, "Sam Staff", "RN"),
        )
    )
    for user in (provider, staff, manager):
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
    confirm(provider)
    return House(clinic=clinic, provider=provider, staff=staff, manager=manager)


def confirm(user: User, at: datetime = NOW) -> User:
    """By an operator, since each house has one manager, once the person knows of it."""
    if not user.has_usable_password():
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
    accounts.acknowledge_changes(user=user, by=user, at=at)
    return accounts.confirm_access(user=user, by=OPERATOR, at=at)


def second_manager(house: House) -> User:
    """Confirmed, so that their word counts."""
    user = accounts.add_user(
        clinic=house.clinic,
        email="second@riverside.example",
        name="Manu Second",
        credentials="",
        roles={Role.MANAGER},
        by=house.manager,
        at=NOW,
    )
    return confirm(user)


def reset(user: User, house: House, at: datetime = NOW, kind: Kind = Kind.PASSWORD) -> AccessChange:
    """Asked by the manager and approved by an operator."""
    change = accounts.ask_reset(user=user, kind=kind, by=house.manager, at=at)
    return accounts.approve_reset(change=change, by=OPERATOR, at=at)


def checker(house: House) -> User:
    user = accounts.edit_user(
        user=house.staff,
        revision=house.staff.revision,
        email=house.staff.email,
        name=house.staff.name,
        credentials=house.staff.credentials,
        roles={Role.STAFF, Role.CHECKER},
        by=house.manager,
        at=NOW,
    )
    return confirm(user)
