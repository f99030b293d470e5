"""What a clinic still lacks before its first plan can be signed and printed, and who can do each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.urls import reverse

from taperplanner.places import Registry

from .models import Clinic, User
from .signing_rights import waiting_of

MANAGER: Final = "a manager"
ENOUGH: Final = 2  # for what one person alone cannot do
SECOND: Final = "a second manager of the clinic, or an operator of the server"


@dataclass(frozen=True, slots=True)
class Missing:
    """`address`: of the page where it is done. `blocks`: no plan can be signed, or none printed, before."""

    what: str
    who: str
    address: str
    blocks: bool = True


# What rooms above know to be missing at a clinic on a day.
missing_above: Registry[Callable[[Clinic, date], Iterable[Missing]]] = Registry()


def still_missing(
    clinic: Clinic, people: Iterable[User], waiting: Collection[UUID], today: date
) -> list[Missing]:
    """Those that block first. `waiting`: whose access waits for somebody else's word."""
    active = [one for one in people if one.is_active]
    found = [*_settings(clinic), *_people(clinic, active, waiting)]
    for missing in missing_above:
        found.extend(missing(clinic, today))
    return sorted(found, key=lambda one: not one.blocks)


def missing_now(clinic: Clinic, now: datetime, today: date) -> list[Missing]:
    """For a page that asks for nothing else of the clinic's people."""
    return still_missing(clinic, clinic.users.active().by_name(), waiting_of(clinic, now), today)


def _settings(clinic: Clinic) -> Iterator[Missing]:
    page = reverse("accounts:clinic")
    if not clinic.phone:
        yield Missing("The clinic’s phone number, which stands on every handout", MANAGER, page)
    if not clinic.after_hours_phone:
        yield Missing(
            "The phone number for nights and weekends, which stands on every handout", MANAGER, page
        )
    if not clinic.address:
        yield Missing("The clinic’s address, which stands on every handout", MANAGER, page, blocks=False)


def _people(clinic: Clinic, active: list[User], waiting: Collection[UUID]) -> Iterator[Missing]:
    providers = [one for one in active if one.is_provider]
    ready = [one for one in providers if one.has_usable_password() and one.pk not in waiting]
    add = reverse("accounts:user_add")
    if not providers:
        yield Missing("A provider, who plans tapers and signs them", MANAGER, add)
    for one in active:
        blocks = one.is_provider and not ready
        if not one.has_usable_password():
            page = reverse("accounts:user_password_link", args=[one.pk])
            who = f"{one.name}, with a link that a manager gives them"
            yield Missing(f"A password of {one.name}’s own", who, page, blocks=blocks)
        if one.pk in waiting and (one.is_provider or one.is_checker):
            page = reverse("accounts:user_access", args=[one.pk])
            yield Missing(
                f"A second person’s word that {one.name} may sign or check", SECOND, page, blocks=blocks
            )
    if (
        clinic.requires_check
        and len({one.pk for one in active if one.is_provider or one.is_checker}) < ENOUGH
    ):
        yield Missing("Somebody who checks what another signed, as this clinic requires", MANAGER, add)
    if sum(one.is_manager for one in active) < ENOUGH:
        what = "A second manager: without one, nobody here can confirm who may sign, or reset a password"
        yield Missing(what, MANAGER, add, blocks=False)
