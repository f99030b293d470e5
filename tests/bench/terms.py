"""What is typed into the patient search, from what everybody has to what nobody has."""

from __future__ import annotations

from collections.abc import Iterator

from taperplanner.accounts.models import Clinic
from taperplanner.demo.many_people import mrn, person
from taperplanner.patients.models import Patient

Sent = dict[str, str]


def terms_of(clinic: Clinic) -> Iterator[tuple[str, Sent]]:
    """A name for each, and what is sent. The first pages, and a last one."""
    somebody = next(one for one in map(person, range(1, 1000)) if one.date_of_birth)
    birth = f"{somebody.date_of_birth:%m/%d/%Y}"
    words = {
        "common name": "smith",
        "common prefix of the MRN": "synthetic",
        "one letter": "s",
        "two letters": "ma",
        "three letters": "mar",
        "rare name": "featherstonehaugh",
        "a slip of typing": "featherstonhaugh",
        "two words": "maria garcia",
        "two letters each": "ma ga",
        "three words": "maria garcia lopez",
        "MRN": mrn(7),
        "birth date": birth,
        "birth date with name": f"{birth} {somebody.family_name}",
    }
    yield from ((name, {"q": typed}) for name, typed in words.items())
    if last := _near_the_end(clinic):
        yield "one letter, last page", {"q": "s", "after": str(last.pk)}


def _near_the_end(clinic: Clinic) -> Patient | None:
    """Whoever stands before the last few that a name in "s" finds."""
    return clinic.patients.filter(sort_key__gte=b"s", sort_key__lt=b"t").by_name().reverse()[5:6].first()
