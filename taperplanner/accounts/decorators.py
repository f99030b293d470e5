"""What stands above a view: the permission it asks for, and the row that its address names.

with_patient, with_version    one of the clinic's rows, with all rows above it in one query: `row_of_clinic`
with_draft, with_medication   a row of the row above it: `row_of`
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce, wraps
from http import HTTPStatus
from typing import Any, Concatenate, Final, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Manager, Model, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from taperplanner.audit.log import record

from .http import ClinicRequest
from .models import Clinic, User
from .permissions import Permission

Parent = TypeVar("Parent", bound=Model)
Row = TypeVar("Row", bound=Model)
# A view as the URLconf calls it: what the address names comes by keyword.
Addressed = Callable[..., HttpResponse]
# A view that takes a row in place of what names it in the address.
ViewOf = Callable[Concatenate[ClinicRequest, Row, ...], HttpResponse]
# What finds that row: among the clinic's, or among those of the row above it.
FromClinic = Callable[[ViewOf[Row]], Addressed]
FromRow = Callable[[ViewOf[Row]], ViewOf[Parent]]
_SHOWS: Final = frozenset({HTTPStatus.OK, HTTPStatus.CONFLICT})


def requires(permission: Permission) -> Callable[[Addressed], Addressed]:
    """Refuse whoever may not, before anything is looked up."""

    def decorate(view: Addressed) -> Addressed:
        @wraps(view)
        def guarded(request: ClinicRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.may(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        wrapped: Any = guarded
        wrapped.permission = permission
        return guarded

    return decorate


def row_of(
    rows: Callable[[Parent], QuerySet[Row] | Manager[Row]], *, named: str, parent: str, field: str = "number"
) -> FromRow[Row, Parent]:
    """Pass the one of the parent's rows that the address names, or answer 404. The row knows its `parent`."""

    def decorate(view: ViewOf[Row]) -> ViewOf[Parent]:
        @wraps(view)
        def found(request: ClinicRequest, above: Parent, /, *args: Any, **kwargs: Any) -> HttpResponse:
            row = get_object_or_404(rows(above), **{field: kwargs.pop(named)})
            setattr(row, parent, above)
            return view(request, row, *args, **kwargs)

        return found

    return decorate


def row_of_clinic(
    rows: Callable[[Clinic], QuerySet[Row] | Manager[Row]],
    *,
    named: str,
    field: str = "pk",
    above: Mapping[str, str] | None = None,
    parent: str = "clinic",
) -> FromClinic[Row]:
    """The same of the asker's clinic: another clinic's row is as absent as an invented one.

    `above`: what else the address names, and the lookup that each is: `{"patient_id": "patient_id"}` of a plan. `parent`:
    the way from the row to its clinic. The rows on that way must be at hand (`select_related`), and they know it too.
    """
    *way, last = parent.split(".")

    def decorate(view: ViewOf[Row]) -> Addressed:
        @wraps(view)
        def found(request: ClinicRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            lookups = {lookup: kwargs.pop(name) for name, lookup in {named: field, **(above or {})}.items()}
            row = get_object_or_404(rows(request.clinic), **lookups)
            setattr(reduce(getattr, way, row), last, request.clinic)
            return view(request, row, *args, **kwargs)

        return found

    return decorate


def leaves_event(leave: Callable[[ClinicRequest, Row, str], object]) -> Callable[[ViewOf[Row]], ViewOf[Row]]:
    """A page that shows the row leaves its event before it goes out, also when it shows that somebody else saved
    meanwhile. An action that redirects has left its own. `leave` is given the name of the page too."""

    def decorate(view: ViewOf[Row]) -> ViewOf[Row]:
        @wraps(view)
        def shown(request: ClinicRequest, row: Row, /, *args: Any, **kwargs: Any) -> HttpResponse:
            response = view(request, row, *args, **kwargs)
            if response.status_code in _SHOWS:
                leave(request, row, request.resolver_match.view_name if request.resolver_match else "")
            return response

        return shown

    return decorate


def _user_shown(request: ClinicRequest, user: User, page: str) -> None:
    record("user.page_shown", **request.stamp, subject=str(user.pk), details={"page": page})


def with_user(view: ViewOf[User]) -> Addressed:
    """The user of the address, from the asker's clinic; the showing is audited."""
    return _find_user(leaves_event(_user_shown)(view))


_find_user: FromClinic[User] = row_of_clinic(lambda clinic: clinic.users, named="user_id")
