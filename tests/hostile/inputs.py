"""Twenty classes of hostile input: each makes a body of a form's own fields."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import Random
from typing import Final
from urllib.parse import quote_plus

CANARY: Final = "zqcanary"
FORM: Final = "application/x-www-form-urlencoded"
BOUNDARY: Final = "zqboundary"
Fields = dict[str, str]


@dataclass(frozen=True)
class Body:
    content: bytes
    content_type: str = FORM


def encoded(pairs: Iterable[tuple[str, str]]) -> Body:
    return Body("&".join(f"{quote_plus(name)}={_quoted(value)}" for name, value in pairs).encode())


def _quoted(value: str) -> str:
    return quote_plus(value.encode("utf-8", "surrogatepass"))


Maker = Callable[[Fields, Random], Body]
# The keys of the form itself are hostile in classes of their own; elsewhere they let the post through to the fields.
KEYS: Final = {"csrfmiddlewaretoken", "once", "revision"}


def typed(*texts: str) -> Maker:
    """One of the texts in each of the fields, with the word by which it is known again."""

    def make(fields: Fields, random: Random) -> Body:
        return encoded(
            (name, value if name in KEYS else random.choice(texts).replace("@", CANARY))
            for name, value in fields.items()
        )

    return make


def instead(*texts: str) -> Maker:
    """One of the texts in two of the fields; the others as the page has them."""

    def make(fields: Fields, random: Random) -> Body:
        names = random.sample(sorted(set(fields) - KEYS), k=min(2, len(set(fields) - KEYS)))
        return encoded(
            (name, random.choice(texts).replace("@", CANARY) if name in names else value)
            for name, value in fields.items()
        )

    return make


def as_multipart(fields: Fields, random: Random) -> Body:
    files = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="../{CANARY}.txt"\r\n\r\n{CANARY}\r\n'
        for name in fields
    ]
    return Body(
        ("".join(files) + f"--{BOUNDARY}--\r\n").encode(), f"multipart/form-data; boundary={BOUNDARY}"
    )


def broken_multipart(fields: Fields, random: Random) -> Body:
    whole = as_multipart(fields, random).content
    kind = random.choice(
        (
            f"multipart/form-data; boundary={BOUNDARY}",
            "multipart/form-data",
            "multipart/form-data; boundary=\xff",
        )
    )
    return Body(whole[: random.randrange(1, len(whole))], kind)


def keys_forged(fields: Fields, random: Random) -> Body:
    forged = random.choice(
        ("", "x", "\0", "-1", "9" * 400, f"{CANARY}'--", "00000000000000000000000000000000")
    )
    return encoded(
        (name, forged if name in KEYS else value)
        for name, value in ({"once": "", "revision": ""} | fields).items()
    )


def repeated(fields: Fields, random: Random) -> Body:
    return encoded((name, text) for name, value in fields.items() for text in (value, CANARY, "", value))


def missing(fields: Fields, random: Random) -> Body:
    return encoded((name, value) for name, value in fields.items() if random.random() < 0.5)


def many(fields: Fields, random: Random) -> Body:
    return encoded(
        [*fields.items(), *((f"steps-{n}-days", CANARY) for n in range(random.choice((3_000, 21_000))))]
    )


def of_another_type(fields: Fields, random: Random) -> Body:
    content = random.choice(
        (
            json.dumps(fields),
            f"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;{CANARY}</a>",
            "[" * 5_000,
        )
    )
    return Body(
        content.encode(),
        random.choice(("application/json", "text/xml", FORM, "", "text/plain; charset=utf-16")),
    )


def not_utf_8(fields: Fields, random: Random) -> Body:
    raw = random.choice((b"%ff%fe", b"%ed%a0%80", b"\xc3\x28", b"%c0%af", b"%00"))
    pairs = [quote_plus(name).encode() + b"=" + raw + CANARY.encode() for name in fields if name not in KEYS]
    return Body(
        b"&".join([*pairs, encoded((k, v) for k, v in fields.items() if k in KEYS).content]),
        random.choice((FORM, f"{FORM}; charset=nonsense")),
    )


CLASSES: Final[dict[str, Maker]] = {
    "NUL and control characters": typed("@\0", "a\x01@", "@\x1b[31m", "\x7f@", "@\x85b"),
    "invalid UTF-8 and lone surrogates": not_utf_8,
    "bidi and zero width": typed("@\u202e5.0", "5\u200b0@", "\u2066@", "@\ufeff", "\u3164@"),
    "very long": typed("@" + "x" * 100_000, "9" * 5_000, "@ " * 20_000),
    "very many fields": many,
    "repeated keys": repeated,
    "missing fields": missing,
    "a file for a text": as_multipart,
    "numbers of other scripts": instead("٣", "１２", "²", "½", "Ⅷ", "৩.৫", "一"),
    "huge, negative and exponents": instead("1e400", "-1", "9" * 30, "NaN", "Infinity", "0x10", "1_000", "-0", "1e-9"),
    "ends of the calendar": instead("01/01/0001", "12/31/9999", "00/00/0000", "02/30/2026", "0001-01-01", "99999-12-31", "10000-01-01"),
    "SQL": typed("@' OR 1=1 --", "@'; DROP TABLE audit_event; --", "@%' ESCAPE '\\", "@\\' UNION SELECT 1"),
    "HTML, script and templates": typed("<b id=@>", "\"><script>@</script>", "@{{ 7|add:7 }}{% load x %}", "<!--@", "' onfocus=@ x='"),
    "typst markup": typed("#panic(\"@\")", "@ $x$ _y_ *z*", "#read(\"/etc/passwd\")@", "@]#eval(\"1+1\")[", "<@> `@`"),
    "path traversal and CR LF": typed("../../@", "@\r\nX-Injected: 1", "..%2f@", "@%0d%0aX-Injected: 1", "file:///@"),
    "format strings": typed("%s%n@", "{0.__class__}@", "%(x)s@", "${jndi:ldap://@}", "@{}"),
    "another content type": of_another_type,
    "broken multipart": broken_multipart,
    "normalisation, and what a spreadsheet runs": typed("e\u0301@", "ﬁ@", "=1+1@", "+@", "-@", "@@", "\u212b@", "=cmd|'/c'!@"),
    "forged keys and revisions": keys_forged,
}  # fmt: skip
