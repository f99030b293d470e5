"""What a text that was typed from a package names of the patient's list of allergies."""

from __future__ import annotations

from django import template

from ..allergies.listing import AllergyList
from ..allergies.named import sentences

register = template.Library()


@register.filter
def named_on(text: str, allergies: AllergyList) -> list[str]:
    """A sentence for each substance of the list that the text names."""
    return sentences(text, allergies.listed)
