"""A National Provider Identifier: ten digits, the last of which is the check digit of the others.

Luhn's sum is taken with 80840 before them, as 45 CFR 162.406 and ISO 7812 have it.

>>> why_no_npi("1234567893")
''
>>> why_no_npi("1234567890")
'This is no NPI: its last digit does not fit the others. Read it again.'
"""

from __future__ import annotations

from typing import Final

PREFIX: Final = "80840"
DIGITS: Final = 10
_TEN: Final = 10
NOT_TEN: Final = "An NPI is 10 digits without spaces. Read it again."
WRONG_DIGIT: Final = "This is no NPI: its last digit does not fit the others. Read it again."


def why_no_npi(text: str) -> str:
    """A sentence for the page; empty of one whose check digit is right. Says nothing of whose it is."""
    if len(text) != DIGITS or not (text.isascii() and text.isdecimal()):
        return NOT_TEN
    return "" if _luhn(PREFIX + text) % _TEN == 0 else WRONG_DIGIT


def _luhn(digits: str) -> int:
    """From the right, each second digit doubled; the digits of what that comes to are added."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(sum(divmod(value, _TEN)) for value in doubled)
