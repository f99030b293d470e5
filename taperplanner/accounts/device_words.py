"""What a browser says of itself, in the words of whoever uses it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

# The first that is found counts: most browsers name the ones before them as well.
_BROWSERS: Final = (
    *(("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet")),
    *(("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome")),
    *(("Chrome", "Chrome"), ("Safari", "Safari")),
)
_SYSTEMS: Final = (
    *(("iPhone", "an iPhone"), ("iPad", "an iPad"), ("Android", "Android"), ("CrOS", "ChromeOS")),
    *(("Windows", "Windows"), ("Mac OS X", "a Mac"), ("Linux", "Linux")),
)


def device_in_words(user_agent: str) -> str:
    browser = _first(_BROWSERS, user_agent)
    system = _first(_SYSTEMS, user_agent)
    if not browser and not system:
        return "A browser that does not say what it is"
    return f"{browser or 'A browser'} on {system or 'an unknown system'}"


def _first(known: Iterable[tuple[str, str]], text: str) -> str:
    return next((words for sign, words in known if sign in text), "")
