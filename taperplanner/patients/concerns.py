"""Which of the reference document's warnings concern an entry of the medication list. Pure."""

from __future__ import annotations

from typing import Final

from .models import Answer
from .vocabulary import DrugClass

# The drug whose reference document it is: the taper's own, so not "another benzodiazepine".
DOCUMENTED: Final = "clonazepam"
# Classes that are no reason for a warning by themselves.
_NO_CONCERN: Final = frozenset({"", DrugClass.OTHER.value})


def concern_of(*, drug: str, drug_class: str, sedates: str) -> str | None:
    """A class of drugs, as guidance knows it. None: the document says nothing about such a thing.

    What has no known class but is recorded as sedating counts as one of the document's "other sedatives".
    """
    if drug == DOCUMENTED:
        return None
    if drug_class not in _NO_CONCERN:
        return drug_class
    return DrugClass.OTHER_SEDATIVE.value if sedates == Answer.YES else None
