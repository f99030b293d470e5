"""An amount on a page is never broken over two lines: "0.5 mg" is not "0.5" here and "mg" there.

A long word may be broken anywhere, so that it does not push a page sideways, and a browser then
breaks "0.1 mg/mL" before its last letter too. Each number with its unit is put into an element
that is never broken. That is done to every page as it leaves, so that no page can forget it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse

_SPACE: Final = r"[ \n\u00a0\u202f]"
_NUMBER: Final = rf"(?:\d[\d.,]*(?:{_SPACE}?[½¼¾]|(?:{_SPACE}\d)?/\d)?|[½¼¾])"
_UNIT: Final = (
    rf"(?:mg(?:/(?:\d[\d.]*{_SPACE}?)?mL)?|mcg(?:/mL)?|mL|g|tablets?|tabs?|drops?|capsules?|days?|weeks?|%)"
)
_AMOUNT: Final = rf"(?<![\w.,/½¼¾]){_NUMBER}{_SPACE}*{_UNIT}(?!\w)"
# Elements whose content is no running text.
_WHOLE: Final = r"<(script|style|textarea|title|option|svg)\b.*?</\1\s*>"
_TAG: Final = r"""<!--.*?-->|<[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*>"""
_PIECES: Final = re.compile(rf"{_WHOLE}|{_TAG}|(?P<amount>{_AMOUNT})", re.DOTALL)


def unbroken(page: str) -> str:
    """The same HTML with each amount in its text in an element of its own."""
    return _PIECES.sub(_in_element, page)


def unbroken_amounts(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: does it to each answer that is a page, or a part of one."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not response.streaming and response.get("Content-Type", "").startswith("text/html"):
            response.content = unbroken(response.content.decode()).encode()
        return response

    return answer


def _in_element(piece: re.Match[str]) -> str:
    amount = piece["amount"]
    return f'<span class="amount">{amount}</span>' if amount else piece[0]
