"""How the pages of a plan are asked for, and what they answer."""

from __future__ import annotations

import html
import re

from taperplanner.tapers.draft.problem import OTHER_PLAN
from taperplanner.tapers.draft.typed import from_json
from taperplanner.tapers.models import Draft, Plan

from .plans import posted_schedule, reasons_by_key
from .universe import PASSWORD

DATE_OF_BIRTH = "03/02/1980"


def plan_url(plan: Plan, rest: str = "") -> str:
    return f"/patients/{plan.patient_id}/plans/{plan.number}/{rest}"


def posted_draft(plan: Plan, **changed: str) -> dict[str, str]:
    return posted_schedule() | {"revision": str(Draft.objects.get(plan=plan).revision)} | changed


def posted_signature(plan: Plan, **changed: str) -> dict[str, str]:
    """With what each other open plan says ticked as read."""
    revision = str(Draft.objects.get(plan=plan).revision)
    typed = {"revision": revision, "date_of_birth": DATE_OF_BIRTH, "password": PASSWORD}
    return typed | dict.fromkeys(ticks_of_reading(plan), "on") | changed


def ticks_of_reading(plan: Plan) -> list[str]:
    """The names of the ticks that the page has now, one for each other open plan."""
    draft = from_json(Draft.objects.get(plan=plan).content)
    return [f"read-{key}" for key in reasons_by_key(plan, draft, {OTHER_PLAN: "Read"})]


def posted_reason(plan: Plan, place: str, reason: str) -> dict[str, str]:
    """The field of one warning that the draft has now. Shape of `place`: "rise-2"."""
    answers = reasons_by_key(plan, from_json(Draft.objects.get(plan=plan).content), {place: reason})
    return {f"reason-{key}": text for key, text in answers.items()}


def inputs_of(page: str) -> dict[str, str]:
    """Every input of the page with its value."""
    found = {}
    for tag in re.findall(r"<input\b[^>]*>", page):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name:
            found[name[1]] = html.unescape(value[1]) if value else ""
    return found
