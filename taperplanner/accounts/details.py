"""What the actions take: cleaned values."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from .models import Clinic, PaperSize, User


@dataclass(frozen=True, kw_only=True)
class ClinicDetails:
    name: str
    address: str = ""
    phone: str = ""
    after_hours_phone: str = ""
    time_zone: str = "America/New_York"
    paper_size: str = PaperSize.LETTER
    requires_check: bool = False
    requires_reviewed_texts: bool = False
    requires_second_factor: bool = True
    idle_limit_minutes: int = 15

    @classmethod
    def of(cls, clinic: Clinic) -> ClinicDetails:
        return cls(**{field.name: getattr(clinic, field.name) for field in fields(cls)})


@dataclass(frozen=True, kw_only=True)
class WorkTyped:
    """Of somebody's work here. `works_until`: None: no end is known."""

    license: str = ""
    license_state: str = ""
    npi: str = ""
    works_until: date | None = None

    @classmethod
    def of(cls, user: User) -> WorkTyped:
        """As it was typed last; one query."""
        newest = user.work_details.newest_first().first()
        return cls(**{field.name: getattr(newest, field.name) for field in fields(cls)}) if newest else cls()
