"""{% load guidance %}: what every page that shows an entry needs, so that none forgets it."""

from __future__ import annotations

import functools
from typing import Final

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from .. import shown
from ..entries import Entry
from ..patient_texts import PatientText

register = template.Library()
MOST_RENDERED: Final = 1000


@register.filter
def past_review(text: Entry | PatientText) -> bool:
    """Is it past its review date today, in the time zone of the page, which is the clinic's?"""
    return text.review.is_past(timezone.localdate())


@register.simple_tag
def rendered_once(template: str, entry: Entry) -> SafeString:
    """An entry by a template that takes nothing else: beside each schedule stand the same words, sources and reviews."""
    return _rendered(template, entry, get_language(), past_review(entry))


@functools.lru_cache(maxsize=MOST_RENDERED)
def _rendered(template: str, entry: Entry, _language: str | None, _is_past: bool) -> SafeString:  # noqa: FBT001
    """For the whole content of an entry, which is what two of them are compared by, and for what else its page asks."""
    return render_to_string(template, {"entry": entry})


@register.filter
def where_shown(entry: Entry) -> tuple[str, ...]:
    """Beside its own page: of each place a few words, for a line that begins "Shown"."""
    return shown.where_shown(entry)


@register.filter
def at_address(line: str, address: str) -> str:
    """A source line, as a link if the source has an address."""
    if not address:
        return line
    return format_html('<a href="{}" rel="noreferrer noopener">{}</a>', address, line)
