"""What a form holds, saved; or the page again, with all that was typed and the reason.

Two people, one record: the second to save is told, and loses nothing they typed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from operator import attrgetter
from typing import Any, ClassVar, Final, Generic, TypeVar

from django import forms
from django.contrib import messages
from django.db.models import Max, Model, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.choices import flatten_choices

from .fields import KeptAsTyped
from .text import without_pasted

M = TypeVar("M", bound=Model)
R = TypeVar("R")

# No row has it, so a page that came without its revision is treated as out of date.
NO_REVISION: Final = -1
LONGEST_NUMBER: Final = 10
LONGEST_REPEATED: Final = 60
TAKEN_OUT: Final = "Invisible characters from a paste were removed from “{text}”."
CHANGED: Final = "Somebody changed this after you opened the page. Read it again first."


class Refused(Exception):
    """An action could not do what was asked; the message is a sentence for the page."""

    is_question: ClassVar[bool] = False  # that, and nothing was refused

    def show_on(self, form: forms.Form, field: str | None) -> None:
        """Where a refusal is a question, the form asks it instead."""
        form.add_error(field, str(self))


class Conflict(Exception):
    """The record was changed since the page was opened. `current` is what it says now."""

    def __init__(self, current: Any) -> None:
        super().__init__(type(current).__name__)
        self.current = current


@dataclass(frozen=True)
class Difference:
    label: str
    theirs: str
    yours: str


class Submission(Generic[R]):
    """A form that was shown or sent. `result`: what the action made; None until it is done.

    `context`: the form, the hidden revision of its page and, after a conflict, what differs. The revision is
    the one that the page came with, until a conflict renews it, so that saving again is deliberate.
    """

    def __init__(self, form: forms.Form, revision: int) -> None:
        self.form, self.revision = form, revision
        self.result: R | None = None
        self.is_done = False
        self.conflicts: list[Difference] | None = None
        self.status = HTTPStatus.OK

    @property
    def context(self) -> dict[str, Any]:
        return {"form": self.form, "revision": self.revision, "conflicts": self.conflicts}


def submit(
    request: HttpRequest,
    form: forms.Form,
    do: Callable[[], R],
    *,
    row: Model | None = None,
    also: forms.Form | None = None,
    refused_at: str | None = None,
) -> Submission[R]:
    """Call the action if the form is valid; a refusal is said on the form, at the field `refused_at`.

    `row`: the record that is edited. Its form has `values_of(row)`, the form's values as the record says them
    now; `revision_field` where the record's revision has another name. `also`: a second form of the page.
    """
    revision_of = attrgetter(getattr(form, "revision_field", "revision"))
    is_sent = request.method == "POST"
    submission: Submission[R] = Submission(
        form, revision_in(request) if is_sent or row is None else revision_of(row)
    )
    if not form.is_valid() or (also is not None and not also.is_valid()):
        return submission
    try:
        submission.result = do()
        submission.is_done = True
    except Conflict as conflict:
        values_of: Callable[[Any], dict[str, Any]] = form.values_of  # type: ignore[attr-defined]
        submission.conflicts = differences(form, values_of(conflict.current), recorded_fields(form))
        submission.revision = revision_of(conflict.current)
        submission.status = HTTPStatus.CONFLICT
    except Refused as refused:
        if not refused.is_question:
            note_refusal(request, refused)
        refused.show_on(form, refused_at)
    return submission


def press(
    request: HttpRequest, do: Callable[[], object], *, done: str, to: Any, changed: str = CHANGED
) -> HttpResponse:
    """Call the action of a button that stands without a form, and go on to `to`, which says what became of it."""
    try:
        do()
    except Refused as refused:
        note_refusal(request, refused)
        messages.error(request, str(refused))
    except Conflict:
        messages.error(request, changed)
    else:
        messages.success(request, done)
    return redirect(to)


def note_refusal(request: HttpRequest, why: str | Exception) -> None:
    """So that the answer leaves an event of it (`accounts.refusals`). `why`: a word, or the refusal of an action."""
    word = why if isinstance(why, str) else type(why).__name__
    request.refusals = [*refusals_of(request), word]  # type: ignore[attr-defined]


def refusals_of(request: HttpRequest) -> list[str]:
    found: list[str] = getattr(request, "refusals", [])
    return found


def saved(request: HttpRequest, message: str, to: Any, *args: Any) -> HttpResponse:
    """What follows a submission that is done: on to `to`, as `redirect` takes it."""
    messages.success(request, message)
    return redirect(to, *args)


def bound_data(request: HttpRequest) -> QueryDict | None:
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


def lock_unchanged(row: M, *, revision: int) -> M:
    """The row, locked until the transaction ends, with its revision moved on (not yet saved).

    Raises: Conflict if the row's revision is no longer the one given.
    """
    current: Any = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if current.revision != revision:
        raise Conflict(current)
    current.revision += 1
    return current  # type: ignore[no-any-return]


def recorded_fields(form: forms.Form) -> list[str]:
    """The fields that a record has; a tick below a spelling is none of them."""
    return [name for name, field in form.fields.items() if not isinstance(field, KeptAsTyped)]


def differences(form: forms.BaseForm, theirs: dict[str, Any], names: Iterable[str]) -> list[Difference]:
    """What the record says now beside what was typed, for each field that differs."""
    found = []
    for name in names:
        field = form[name]
        now_text = _in_words(field.field, field.field.prepare_value(theirs.get(name)))
        yours = _in_words(field.field, field.value())
        if now_text != yours:
            found.append(Difference(str(field.label), now_text, yours))
    return found


def _in_words(field: forms.Field, value: Any) -> str:
    """As the page says it: a choice by its label, several of them one after the other."""
    if value is None:
        return ""
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(sorted(_in_words(field, one) for one in value))
    text = str(value).replace("\r\n", "\n")  # a browser sends lines with both
    choices: Iterable[tuple[Any, Any]] = flatten_choices(getattr(field, "choices", ()))
    return next((str(label) for key, label in choices if str(key) == str(value)), text)


def next_number(numbered: QuerySet[Any]) -> int:
    """One more than the highest; ask while the parent is locked."""
    return int(numbered.aggregate(last=Max("number"))["last"] or 0) + 1
