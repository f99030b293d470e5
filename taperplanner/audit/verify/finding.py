"""Something that is not as it was written."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from ..chain import OF_NO_CLINIC


@dataclass(frozen=True)
class Finding:
    """`sentence` names rows by their ids, and no patient."""

    clinic_id: UUID | None
    sentence: str

    @property
    def where(self) -> str:
        no_clinic = self.clinic_id in {None, OF_NO_CLINIC}
        return "Of no clinic" if no_clinic else f"Clinic {self.clinic_id}"
