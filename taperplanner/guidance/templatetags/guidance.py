"""{% load guidance %}: what every page that shows an entry needs, so that none forgets it."""

from __future__ import annotations

from django import template
from django.utils import timezone
from django.utils.html import format_html

from .. import shown
from ..entries import Entry
from ..patient_texts import PatientText

register = template.Library()


@register.filter
def past_review(text: Entry | PatientText) -> bool:
    """Is it past its review date today, in the time zone of the page, which is the clinic's?"""
    return text.review.is_past(timezone.localdate())


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
