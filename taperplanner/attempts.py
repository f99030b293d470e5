"""One try at saving what a form holds, and what the page shows if it was not to be."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from operator import attrgetter
from types import TracebackType
from typing import Any, Final, Generic, Self, TypeVar

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, QueryDict

from .edits import Difference, EditedMeanwhile, differences
from .fields import KeptAsTyped
from .invisible import without_pasted

M = TypeVar("M", bound=Model)

# No row has it, so a page that came without its revision is treated as out of date.
NO_REVISION: Final = -1
LONGEST_NUMBER: Final = 10
LONGEST_REPEATED: Final = 60
TAKEN_OUT: Final = "Marks that nobody sees, as they come with a paste, were taken out of “{text}”."


class Refused(Exception):
    """An action could not do what was asked; the message is a sentence for the page."""


class Attempt(Generic[M]):
    """Wraps the call of an action:

        with attempt:
            …action…
            return redirect(…)
        # still here: it was refused, or somebody saved meanwhile; the form says so

    `values_of` gives the form's values as a row says them now. `revision` is the hidden number of
    the page: the one it came with, until a conflict renews it, so that saving again is deliberate.
    """

    def __init__(
        self,
        request: HttpRequest,
        form: forms.Form,
        row: M,
        values_of: Callable[[M], dict[str, Any]],
        revision_of: Callable[[M], int] = attrgetter("revision"),
    ) -> None:
        self.form, self._values_of, self._revision_of = form, values_of, revision_of
        self.revision = revision_in(request) if request.method == "POST" else revision_of(row)
        self.conflicts: list[Difference] | None = None
        self.status = HTTPStatus.OK

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if isinstance(error, EditedMeanwhile):
            self.conflicts = differences(self.form, self._values_of(error.current), self._recorded)
            self.revision = self._revision_of(error.current)
            self.status = HTTPStatus.CONFLICT
            return True
        if isinstance(error, Refused):
            self.form.add_error(None, str(error))
            return True
        return False

    @property
    def _recorded(self) -> list[str]:
        """The fields that a record has; a tick below a spelling is none of them."""
        return [name for name, field in self.form.fields.items() if not isinstance(field, KeptAsTyped)]

    @property
    def context(self) -> dict[str, Any]:
        return {"form": self.form, "revision": self.revision, "conflicts": self.conflicts}


def typed(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: an empty POST is bound too, and told what is missing.

    Marks that came with a paste are taken out here, so that the next page can say so.
    """
    if request.method != "POST":
        return None
    clean, taken_out = without_marks(request.POST)
    for sentence in taken_out:
        messages.info(request, sentence)
    return clean


def without_marks(post: QueryDict) -> tuple[QueryDict, list[str]]:
    """What was sent without the marks that came with a paste, and a sentence for each field that had some."""
    pasted = {
        name: [without_pasted(value) for value in values]
        for name, values in post.lists()
        if "password" not in name and any(value != without_pasted(value) for value in values)
    }
    if not pasted:
        return post, []
    clean = post.copy()
    for name, values in pasted.items():
        clean.setlist(name, values)
    return clean, [TAKEN_OUT.format(text=" ".join(values)[:LONGEST_REPEATED]) for values in pasted.values()]


def revision_in(request: HttpRequest, name: str = "revision") -> int:
    """The hidden number that the page came with."""
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER else NO_REVISION
