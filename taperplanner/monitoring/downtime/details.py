"""What a page takes from a down-time form beside the record itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FromPaper:
    """`code`: as it was typed. `time_of_day`: as it stands on the form."""

    code: str
    time_of_day: str = ""
