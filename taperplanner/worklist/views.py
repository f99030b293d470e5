"""The first page of whoever sees patients, and the one on which what belongs to people who are away is given to others.
Showing either leaves one event with everybody who is on it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from taperplanner.accounts.away import away_on
from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.once import taken_once
from taperplanner.accounts.permissions import Permission
from taperplanner.accounts.signing_rights import why_not_sign
from taperplanner.accounts.still_missing import Missing, missing_now
from taperplanner.audit.log import record
from taperplanner.days import in_words
from taperplanner.forms import PlainForm
from taperplanner.saving import saved

from .offer import Offer, counted
from .page import batches, sections_of
from .sections import Section, WorklistQuery

ROWS_OF_A_SECTION: Final = 25
_AFTER: Final = re.compile(r"[0-9]{1,6}")


class FilterForm(PlainForm):
    provider = forms.ChoiceField(label="Plans of", required=False)

    def __init__(self, request: ClinicRequest) -> None:
        super().__init__(request.GET)
        people = request.clinic.users.active().by_name().filter(is_provider=True)
        field = self.fields["provider"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        self.names: dict[str, str] = {"": "every provider"} | {str(one.pk): one.full_title for one in people}
        field.choices = [*(self.names | {"": "Every provider"}).items()]

    @property
    def chosen(self) -> UUID | None:
        """Somebody who is not on the list filters nothing out."""
        provider = self.cleaned_data.get("provider") if self.is_valid() else ""
        return UUID(provider) if provider else None

    @property
    def whose(self) -> str:
        """In words, as it is chosen."""
        return self.names[str(self.chosen or "")]


@require_safe
def worklist(request: ClinicRequest) -> HttpResponse:
    """Where each role begins its work: whoever sees no patients is sent on to the clinic's users.

    `?only=` and a section's key: that section alone; `after`: from which of its rows on.
    """
    if not request.user.may(Permission.SEE_PATIENTS):
        return redirect("accounts:users")
    form, only = FilterForm(request), request.GET.get("only", "")
    who = (request.clinic, request.today, form.chosen, ROWS_OF_A_SECTION, request.user)
    query = WorklistQuery(*who, only, _after(request), away_on(request.clinic, request.today))
    sections = sections_of(query)
    shown = [section for section in sections if section.key == only] or sections
    record("worklist.shown", details={"patients": _patients(shown)}, **request.stamp)
    context = {"form": form, "whose": form.whose, **_context(request, sections, shown)}
    return render(request, "worklist/worklist.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.RECORD_MONITORING)
@taken_once
def reassign(request: ClinicRequest) -> HttpResponse:
    """A POST that says nothing of whom holds what was ticked on the worklist."""
    offer = Offer(request)
    sent = offer.submitted()
    if sent.result:
        return saved(request, f"{counted(sent.result)} given to {offer.form.chosen.full_title}.", "/")
    record("worklist.shown", details={"patients": offer.patients}, **request.stamp)
    return render(request, "worklist/reassign.html", {**sent.context, "people": offer.people})


def _after(request: ClinicRequest) -> int:
    text = request.GET.get("after", "")
    return int(text) if _AFTER.fullmatch(text) else 0


def _context(request: ClinicRequest, sections: Sequence[Section], shown: Sequence[Section]) -> dict[str, Any]:
    return {
        "day": in_words(request.today),
        "counted": [section for section in sections if section.has_any],
        "empty": [section.title for section in sections if not section.has_any],
        "shown": [section for section in shown if section.rows or section.has_more or section.after],
        "has_patients": _has_patients(request, shown),
        "mine": str(request.user.pk) if request.user.is_provider else "",
        "is_only": len(shown) < len(sections),
        "batches": [batch for batch in batches if request.user.may(batch.permission)],
        "held": why_not_sign(request.user, request.now) if request.user.may(Permission.SIGN_PLAN) else None,
        "missing": _missing(request),
    }


def _has_patients(request: ClinicRequest, shown: Sequence[Section]) -> bool:
    """Of the clinic; asked for only where the page lists nobody."""
    return any(section.rows for section in shown) or request.clinic.patients.exists()


def _missing(request: ClinicRequest) -> list[Missing]:
    if not request.user.may(Permission.MANAGE_CLINIC):
        return []
    return missing_now(request.clinic, request.now, request.today)


def _patients(sections: Sequence[Section]) -> list[str]:
    named = (row.patient for section in sections for row in section.rows if row.patient)
    return list(dict.fromkeys(patient.pk.hex for patient in named))
