"""What the page of the patient list shows, and of whom."""

from __future__ import annotations

from typing import Any

from taperplanner.accounts.http import ClinicRequest

from .listing import PatientRow, Search, page_of, restricted_one
from .narrowing import NarrowingForm
from .near_names import names_near


def list_page(request: ClinicRequest) -> tuple[dict[str, Any], list[PatientRow]]:
    """Names that come near are asked for only where nobody is found, and no filter leaves anybody out."""
    clinic, user, today = request.clinic, request.user, request.today
    search, archived = Search.of(request.GET.get("q", "")), request.GET.get("show") == "archived"
    keys = {name: request.GET.get(name, "") for name in ("before", "after")}
    form = NarrowingForm(request.GET, clinic=clinic)
    narrowing = form.narrowing
    page = page_of(clinic, search, user=user, archived=archived, today=today, narrowing=narrowing, **keys)
    restricted = restricted_one(search, user)
    is_found = page.rows or restricted or any(keys.values()) or narrowing.chosen
    near = None if is_found else names_near(clinic, search, user=user, archived=archived, today=today)
    context = {
        "search": search,
        "archived": archived,
        "page": page,
        "near": near,
        "form": form,
        "narrowing": narrowing,
        "restricted": restricted,
    }
    return context, [*page.rows, *(near.rows if near else ())]
