"""A real value for each kwarg of the URLconf, so that every address can be asked for.

A new kwarg needs one line here, or `test_access.py` fails and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID, uuid4

from django.utils import timezone

from taperplanner.accounts import actions as accounts
from taperplanner.accounts.access_changes import Kind
from taperplanner.accounts.links import password_link_path
from taperplanner.accounts.signing_rights import open_reset
from taperplanner.guidance.library import library
from taperplanner.handouts.batches.actions import start_batch
from taperplanner.handouts.paper.layouts import Choice, Layout
from taperplanner.patients.models import Patient
from taperplanner.protocols.actions import add_protocol
from taperplanner.tapers.draft.typed import from_json

from .allergies import allergic_to
from .at_home import helped_by
from .course import add_follow_up, emergency_of, note_on, record_dispensing_of, review
from .downtime import hold_asked_for, new_run
from .flags import flag_to
from .plans import confirmed_draft, open_plan, save_draft, sign_plan, start_revision
from .printing import print_handout
from .restricted import ended_access
from .stays import stays_of
from .universe import NOW, House, reset


@dataclass
class Places:
    """What one house has, made when it is first asked for."""

    house: House
    made: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, kwarg: str) -> Any:
        if kwarg not in self.made:
            self.made[kwarg] = (OWNED | SHARED)[kwarg](self)
        return self.made[kwarg]

    def values(self, kwargs: tuple[str, ...]) -> dict[str, Any]:
        return {kwarg: self[kwarg] for kwarg in kwargs}


Place = Callable[[Places], Any]


def plan_number(places: Places) -> int:
    """A plan that is signed, and has a draft for the next version that could be signed too."""
    plan = open_plan(places.house)
    draft = start_revision(sign_plan(plan, places.house), places.house)
    save_draft(plan, confirmed_draft(from_json(draft.content)), places.house)
    places.made["plan"] = plan
    return plan.number


def patient_id(places: Places) -> UUID:
    """The patient of that plan."""
    places["plan_number"]
    patient_id: UUID = places.made["plan"].patient_id
    return patient_id


def medication_id(places: Places) -> UUID:
    places["plan_number"]
    medication_id: UUID = places.made["plan"].medication_id
    return medication_id


def flag_number(places: Places) -> int:
    """Of that patient, from the staff to any provider."""
    patient = Patient.objects.get(pk=places["patient_id"])
    return flag_to(None, patient, places.house).number


def allergy_number(places: Places) -> int:
    """Of that patient."""
    patient = Patient.objects.get(pk=places["patient_id"])
    return allergic_to(f"Substance {patient.allergy_records.count()}", patient, places.house).number


def helper_number(places: Places) -> int:
    """Of that patient."""
    return helped_by("Luis Rivera", Patient.objects.get(pk=places["patient_id"]), places.house).number


def protocol_id(places: Places) -> UUID:
    house = places.house
    return add_protocol(
        clinic=house.clinic,
        topic="withdrawal",
        title="Whom to call",
        text="Call the charge nurse.",
        by=house.manager,
        at=NOW,
    ).pk


def follow_up_number(places: Places) -> int:
    places["plan_number"]
    return add_follow_up(places.made["plan"], places.house).number


def check_in_number(places: Places) -> int:
    """Of a check-in that raised an emergency."""
    places["plan_number"]
    return emergency_of(places.made["plan"], places.house).check_in.number


def emergency_id(places: Places) -> UUID:
    places["plan_number"]
    return emergency_of(places.made["plan"], places.house).pk


def dispensing_number(places: Places) -> int:
    places["plan_number"]
    return record_dispensing_of(places.made["plan"], places.house).number


def review_number(places: Places) -> int:
    places["plan_number"]
    return review(places.made["plan"], places.house, pdmp="looked_at").number


def note_number(places: Places) -> int:
    places["plan_number"]
    return note_on(places.made["plan"].patient, places.house).number


def ended_stay_number(places: Places) -> int:
    """Of that patient, decided about since; another one goes on, from their own tablets, so that papers are printed."""
    places["plan_number"]
    ended, going_on = stays_of(places.made["plan"], places.house)
    places.made["stay_number"] = going_on.number
    return ended.number


def stay_number(places: Places) -> int:
    """The one that goes on."""
    places["ended_stay_number"]
    number: int = places.made["stay_number"]
    return number


def hold_number(places: Places) -> int:
    places["plan_number"]
    return hold_asked_for(places.made["plan"], places.house).number


def run_number(places: Places) -> int:
    """Of forms of that plan, and spare ones."""
    places["plan_number"]
    return new_run(places.house, [places.made["plan"]]).number


def link_part(name: str) -> Place:
    def part(places: Places) -> str:
        if "link" not in places.made:
            house = places.house  # the staff's waits, if there is one: change_id
            reset(house.provider, house)
            user = accounts.make_password_link(user=house.provider, by=house.manager, at=NOW)
            places.made["link"] = password_link_path(user)
        uid, _, key = places.made["link"].rstrip("/").rpartition("/")[2].partition("-")
        return {"uidb36": uid, "key": key}[name]

    return part


def change_id(places: Places) -> UUID:
    """A reset of the staff's password that waits."""
    house, now = places.house, timezone.now()
    waiting = open_reset(house.staff, now)
    asked = waiting or accounts.ask_reset(user=house.staff, kind=Kind.PASSWORD, by=house.manager, at=now)
    return asked.pk


def leave_id(places: Places) -> UUID:
    """Of the staff."""
    house, day = places.house, NOW.date()
    typed = accounts.type_leave(
        user=house.staff, first_day=day, last_day=day, why="Vacation", by=house.manager, at=NOW
    )
    return typed.pk


def copy_number(places: Places) -> int:
    """A printed copy of version 1 of that plan, if it is signed."""
    places["plan_number"]
    version = places.made["plan"].versions.first()
    if version is None:
        return 1
    version.plan = places.made["plan"]
    places.made["copy"] = print_handout(
        version=version, choice=Choice(), by=places.house.staff, at=NOW, with_file=True
    )
    number: int = places.made["copy"].number
    return number


def batch_id(places: Places) -> UUID:
    places["plan_number"]
    house = places.house
    batch = start_batch(
        clinic=house.clinic, plans=[places.made["plan"]], layout=Layout.SCHEDULE, by=house.staff, at=NOW
    )
    return batch.pk


def code(places: Places) -> str:
    places["copy_number"]
    written: str = places.made["copy"].written_code
    return written


# Somebody's: for another clinic it is not there.
OWNED: Final[Mapping[str, Place]] = {
    "user_id": lambda places: places.house.staff.pk,
    "change_id": change_id,
    "leave_id": leave_id,
    "patient_id": patient_id,
    "medication_id": medication_id,
    "protocol_id": protocol_id,
    "flag_number": flag_number,
    "helper_number": helper_number,
    "allergy_number": allergy_number,
    "plan_number": plan_number,
    "product_number": lambda _: 1,
    "version_number": lambda _: 1,
    "follow_up_number": follow_up_number,
    "check_in_number": check_in_number,
    "emergency_id": emergency_id,
    "dispensing_number": dispensing_number,
    "review_number": review_number,
    "note_number": note_number,
    "ended_stay_number": ended_stay_number,
    "stay_number": stay_number,
    "hold_number": hold_number,
    "run_number": run_number,
    "form_position": lambda _: 1,
    "record_number": check_in_number,
    "copy_number": copy_number,
    "batch_id": batch_id,
    "access_id": lambda places: ended_access(places.house).pk,
}
# Nobody's in particular: the same for every clinic, or a secret of its own.
SHARED: Final[Mapping[str, Place]] = {
    "kind": lambda _: "check-in",
    "topic": lambda _: library().of_drug("clonazepam")[0].topic,
    "slug": lambda _: library().of_drug("clonazepam")[0].slug,
    "uidb36": link_part("uidb36"),
    "key": link_part("key"),
    "code": code,
    "pk": lambda _: 1,  # of one's own passkeys alone: tests/accounts/test_passkeys.py
}


def invented(value: Any) -> Any:
    """Of the same kind, and nobody's."""
    return uuid4() if isinstance(value, UUID) else 987_654
