"""Names that look alike, told apart by capital letters on clinicians' screens; never on paper."""

from __future__ import annotations

import re

from django import template

from ..vocabulary import tall_man as tall_man_of

register = template.Library()
_WORD = re.compile(r"[A-Za-z]+")


@register.filter
def tall_man(text: object) -> str:
    """Each word that is a medicine's name in tall-man letters: "clonazePAM 0.5 mg tablet"."""
    return _WORD.sub(lambda word: tall_man_of(word.group()), str(text))
