"""What a check-in's form holds so far, letter for letter. Pure.

Shape of a draft's content: {"happened_on": "03/02/2026", "symptom_tremor": "1"}: text, by the names of the form's fields;
those in which nothing was typed are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from taperplanner.saving import Refused

LONGEST: Final = 100_000  # characters
TOO_LONG: Final = "Not kept: this is too much text for a draft. Shorten the notes."
# What a page fills in by itself, which nobody typed.
_NOT_TYPED: Final = frozenset({"rows", "follow_up", "form_code", "as_needed_was_asked"})
# NUL and half a character cannot be stored, and the others cannot be seen.
_UNSTORABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class TooLong(Refused):
    pass


def typed_in(post: Mapping[str, str], names: Iterable[str]) -> dict[str, str]:
    """`names`: of the form's fields. Raises: TooLong."""
    content = {name: _UNSTORABLE.sub("", post[name]) for name in names if post.get(name)}
    if sum(map(len, content.values())) > LONGEST:
        raise TooLong(TOO_LONG)
    return content


def is_blank(content: Mapping[str, str]) -> bool:
    return not any(text.strip() for name, text in content.items() if name not in _NOT_TYPED)
