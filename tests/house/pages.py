"""What is looked for in templates and scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from .law import Source

TAG: Final = re.compile(r"{%.*?%}", re.DOTALL)
COMMENT: Final = re.compile(r"{#.*?#}|{%-? *comment.*?endcomment *%}", re.DOTALL)
IN_A_TAG: Final = {
    "a number made over": r"\|\s*floatformat",
    "a sum": r"\|\s*add\s*:|{%\s*widthratio",
    "text let through": r"\|\s*safe(seq)?\b|{%\s*autoescape\s+off",
}
IN_A_PAGE: Final = {
    "a style in the page": r"<style\b|\sstyle\s*=",
    "a handler in the page": r"\son[a-z]+\s*=|\shx-on|javascript:|[\"']js:",
    "a script in the page": r"<script\b(?![^>]*\ssrc=)",
    "the token of a form in an address": r"\bformmethod\s*=\s*[\"']?get\b",
    "a box that changes what is typed": r"type\s*=\s*[\"']?(number|date|time|datetime-local)\b",
}
IN_A_SCRIPT: Final = {
    "a date": r"\bnew\s+Date\b|\bDate\s*[.(]|\bTemporal\b|\bIntl\b",
    "a number made of what was typed": r"\bparseFloat\b|\bparseInt\b|\btoFixed\b|\btoPrecision\b|\bvalueAsNumber\b",
    "kept in the browser": r"\b(?:localStorage|sessionStorage|indexedDB|serviceWorker|caches|document\.cookie)\b",
    "code made of text": r"\beval\b|\bnew\s+Function\b|\bsetTimeout\(\s*[\"'`]",
}


def in_a_page(source: Source) -> Iterator[str]:
    text = COMMENT.sub("", source.text)
    yield from _found(IN_A_TAG, text)
    yield from _found(IN_A_PAGE, TAG.sub("", text))


def in_a_script(source: Source) -> Iterator[str]:
    yield from _found(IN_A_SCRIPT, source.text)


def forms_without_a_key(source: Source) -> Iterator[str]:
    """Forms that are posted, each by where it is posted to: the page's own address unless it says."""
    for form in re.findall(r"<form\b.*?</form>", COMMENT.sub("", source.text), re.DOTALL):
        if "csrf_token" in form and not re.search(r"{%\s*once\s*%}", form):
            to = re.search(r"""\baction="{%\s*url\s+["']([\w:]+)""", form)
            yield to[1] if to else "its own address"


def _found(patterns: dict[str, str], text: str) -> Iterator[str]:
    for what, pattern in patterns.items():
        yield from (f"{what}: {match.group().strip()}" for match in re.finditer(pattern, text))
