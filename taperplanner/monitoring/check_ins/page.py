"""The page with the check-in's form: the form as it was sent or kept, and what stands beside it."""

from __future__ import annotations

from typing import Any, Final, TypeVar
from uuid import uuid4

from django.http import HttpResponse, QueryDict

from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.once import key_in
from taperplanner.guidance.library import library
from taperplanner.patients.page import patient_page
from taperplanner.saving import bound_data, revision_in
from taperplanner.tapers.beside import Topic
from taperplanner.tapers.models import Plan
from taperplanner.tapers.page import beside_plan

from ..danger import signs_in
from ..downtime.forms import CODE
from ..emergencies.page import help_by_kind, help_for
from ..models import CheckInDraft
from ..near import near_plan
from .asked import asked_of
from .drafts.actions import FromPage
from .drafts.begun import begun, begun_lines
from .forms.check_in import MORE, TODAY, CheckInForm, NewCheckInForm
from .forms.runs import MORE_ROWS, days_in, products_in, rows_in
from .lines import last_said

F = TypeVar("F", bound=CheckInForm)
GO_ON: Final = "go_on"
DRAFT_PAGE: Final = "draft_page"
DRAFT_REVISION: Final = "draft_revision"
_NAME_LENGTH: Final = 32
BESIDE: Final = (("monitoring", "What to look for"),)


def asked_for(request: ClinicRequest) -> dict[str, Any]:
    """What the address of the page names: a follow-up, the code of a paper."""
    return {name: request.GET.get(name, "") for name in ("follow_up", CODE)}


def own_draft(request: ClinicRequest, plan: Plan) -> CheckInDraft | None:
    return plan.check_in_drafts.typed_by(request.user).for_lines().first()


def new_form(request: ClinicRequest, plan: Plan, draft: CheckInDraft | None) -> NewCheckInForm:
    """`draft`: what the same person typed before, where they go on with it."""
    typed = draft.content if draft else {}
    return form_of(request, plan, NewCheckInForm, asked_for(request) | typed, closes=True)


def form_of(
    request: ClinicRequest,
    plan: Plan,
    kind: type[F],
    initial: dict[str, Any],
    *,
    closes: bool = False,
    in_mg: bool = False,
    is_judged: bool = True,
) -> F:
    """`closes`: a follow-up may be done by it.

    The buttons for today's date, the sum and more rows show the page again with everything typed, and save nothing; so
    does keeping a draft, whose form is not `is_judged`.
    """
    data = bound_data(request) if is_judged else None
    if not is_judged:
        initial = _again(request, request.POST)
    elif data is not None and "more" in data:
        initial, data = _again(request, data), None
    values = initial if data is None else data
    rows = [row.as_data() for row in plan.products.by_number()]
    retired = set(plan.products.exclude(retired_at=None).values_list("number", flat=True))
    asked = asked_of(plan, today=request.today, reported_days=days_in(values))
    return kind(
        data,
        initial=initial,
        today=request.today,
        # Those in use, and a retired one of which something is said: nothing typed falls away unseen.
        products=[one for one in rows if one.number not in retired or values.get(f"left_{one.number}")],
        asked=asked.with_products(products_in(values, rows)),
        drug=plan.drug,
        in_mg=in_mg,
        follow_ups=list(plan.follow_ups.open().by_day()) if closes else (),
        settled=plan.follow_ups.values_list("number", flat=True) if closes else (),
        near=near_plan(plan),
    )


def new_page(
    request: ClinicRequest,
    plan: Plan,
    context: dict[str, Any],
    *,
    draft: CheckInDraft | None,
    status: int = 200,
) -> HttpResponse:
    """`draft`: the one that the page goes on with."""
    others = plan.check_in_drafts.exclude(typed_by=request.user).for_lines()
    sent = from_page(request)
    context = {
        "raised": [],
        "last": last_said(plan),
        "begun_by_others": begun_lines(others, request.user, request.today),
        "restored": begun(draft, request.user, request.today) if draft else None,
        "once_key": draft.form_key if draft else "",
        "draft_page": sent.page,
        "draft_revision": draft.revision if draft else sent.revision,
        **beside(request, plan),
        **context,
    }
    return patient_page(request, plan.patient, "monitoring/check_in_add.html", context, status=status)


def offer_page(request: ClinicRequest, plan: Plan, draft: CheckInDraft) -> HttpResponse:
    """To go on with what was typed, or to begin anew: nothing is filled in that nobody asked for."""
    signs = signs_in(draft.content)
    context = {
        "raised": [],
        "plan": plan,
        "offer": begun(draft, request.user, request.today),
        "help": help_for(signs, plan, request.today) if signs else None,
        "query": request.GET.urlencode(),
    }
    return patient_page(request, plan.patient, "monitoring/check_in_add.html", context)


def from_page(request: ClinicRequest) -> FromPage:
    """What a draft needs to know of the page; a page that is drawn the first time gets a name."""
    page = request.POST.get(DRAFT_PAGE, "")
    return FromPage(
        key=key_in(request) or uuid4().hex,
        page=page if page.isalnum() and page.isascii() and len(page) == _NAME_LENGTH else uuid4().hex,
        revision=max(revision_in(request, DRAFT_REVISION), 0),
    )


def beside(request: ClinicRequest, plan: Plan) -> dict[str, Any]:
    """The signs of an emergency, what to look for, and whom to call."""
    today = request.today
    # The signs are a body's, whatever was taken.
    signs = Topic("emergency", "Signs of an emergency", library().topic("emergency", beside=True))
    return {
        "plan": plan,
        "today": today,
        "help_by_kind": help_by_kind(plan, today),
        "beside": beside_plan(request, plan, BESIDE, urgent=signs),
    }


def _again(request: ClinicRequest, data: QueryDict) -> dict[str, Any]:
    sent: dict[str, Any] = data.dict()
    more = data.get("more", "")
    if more == TODAY:
        sent["happened_on"] = request.today
    more_rows = MORE_ROWS if more == MORE else 0
    return {**sent, "rows": str(rows_in(data) + more_rows)}
