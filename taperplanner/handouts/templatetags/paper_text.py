"""How a line of the paper may break."""

from __future__ import annotations

import re
from typing import Final

from django import template

register = template.Library()
_AMOUNT: Final = re.compile(r"(?<=\d) (?=(?:mg|mL)\b)")


@register.filter
def kept_together(text: str) -> str:
    """A number and its unit stand on one line, "0.5 mg"; all else may break, so that nothing is cut off."""
    return _AMOUNT.sub("\N{NO-BREAK SPACE}", text)
