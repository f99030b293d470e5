"""Requests that no browser sends, as the bytes that go over the line: bodies, headers and targets."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

FORM: Final = "application/x-www-form-urlencoded"
MULTIPART: Final = "multipart/form-data; boundary=b"
PATH: Final = "/account/login/"
CSP: Final = "/csp-report"
LIMIT: Final = 2_621_440  # DATA_UPLOAD_MAX_MEMORY_SIZE
CANARY: Final = "zqcanary"


@dataclass(frozen=True)
class Session:
    """What lets a post through to its body: a token, and where it is from."""

    port: int
    cookie: str
    token: str

    @property
    def form(self) -> bytes:
        return f"csrfmiddlewaretoken={self.token}&login={CANARY}@x.example&password={CANARY}".encode()

    def head(
        self, *lines: str, method: str = "POST", target: str = PATH, version: str = "1.1", kind: str = FORM
    ) -> bytes:
        given = [
            f"{method} {target} HTTP/{version}",
            f"Host: 127.0.0.1:{self.port}",
            "X-Forwarded-Proto: https",
            f"Referer: https://127.0.0.1:{self.port}{PATH}",
            f"Cookie: {self.cookie}",
            *([f"Content-Type: {kind}"] if kind else []),
            *lines,
        ]
        return ("\r\n".join(given) + "\r\n\r\n").encode("latin-1")

    def whole(self, body: bytes, *lines: str, kind: str = FORM, method: str = "POST") -> bytes:
        return self.head(f"Content-Length: {len(body)}", *lines, kind=kind, method=method) + body


@dataclass(frozen=True)
class Case:
    """`goes_on`: sent again and again until there is an answer. `answers`: beside any 4xx. `is_cut`: nothing follows."""

    name: str
    sent: bytes
    goes_on: bytes = b""
    answers: Sequence[int] = ()
    is_cut: bool = False


def chunk(content: bytes, size: str = "") -> bytes:
    return f"{size or format(len(content), 'x')}\r\n".encode() + content + b"\r\n"


END: Final = b"0\r\n\r\n"
CHUNKED: Final = "Transfer-Encoding: chunked"


def cases(session: Session) -> list[Case]:
    s, form = session, session.form
    part = b'--b\r\nContent-Disposition: form-data; name="login"\r\n\r\n'
    token = f"csrfmiddlewaretoken={s.token}&".encode()
    inner = s.head("Content-Length: 0", target="/healthz/smuggled")
    return [
        Case("chunked", s.head(CHUNKED) + chunk(form) + END),
        Case("chunked, a byte a chunk", s.head(CHUNKED) + b"".join(chunk(bytes([b])) for b in form) + END),
        Case("chunked with the same length", s.head(CHUNKED, f"Content-Length: {len(form)}") + chunk(form) + END),
        Case("both at once, the length short", s.head(CHUNKED, "Content-Length: 4") + chunk(form) + END + inner),
        Case("both at once, the chunks short", s.head(f"Content-Length: {len(form) + 5}", CHUNKED) + END + inner),
        Case("two lengths", s.head(f"Content-Length: {len(form)}", "Content-Length: 3") + form),
        Case("a length that is no number", s.head("Content-Length: +5") + form),
        Case("a negative length", s.head("Content-Length: -1") + form),
        Case("a length past 64 bits", s.head("Content-Length: 99999999999999999999") + form),
        Case("an encoding that nobody knows", s.head("Transfer-Encoding: chunked, zq") + chunk(form) + END),
        Case("a space before the colon", s.head("Transfer-Encoding : chunked") + chunk(form) + END),
        Case("a size that is too large", s.head(CHUNKED) + chunk(form, "fffff") + END),
        Case("a size that is too small", s.head(CHUNKED) + chunk(form, "5") + END),
        Case("a size past 64 bits", s.head(CHUNKED) + chunk(form, "f" * 17) + END),
        Case("a size that is no number", s.head(CHUNKED) + chunk(form, "zz") + END),
        Case("chunks without end", s.head(CHUNKED) + chunk(form), goes_on=chunk(b"x" * 100)),
        Case("chunks without end, fast", s.head(CHUNKED) + chunk(form), goes_on=chunk(b"x" * 400_000)),
        Case("an extension of a chunk without end", s.head(CHUNKED) + b"5;" + b"x" * 100_000, goes_on=b"x" * 1000),
        Case("trailers without end", s.head(CHUNKED) + chunk(form) + b"0\r\n", goes_on=b"X-T: 1\r\n" * 100),
        Case("larger than the limit", s.whole(token + b"x=" + b"x" * LIMIT)),
        Case("larger than the limit, chunked", s.head(CHUNKED) + chunk(token + b"x=" + b"x" * LIMIT) + END),
        Case("a report larger than the limit", s.head(f"Content-Length: {LIMIT + 1}", target=CSP, kind="application/csp-report") + b"[" * (LIMIT + 1)),
        Case("a length of a gigabyte, and little of it", s.head("Content-Length: 1000000000") + form),
        Case("half a body, and no more to come", s.head(f"Content-Length: {len(form) + 9}") + form, is_cut=True),
        Case("gzip", s.whole(gzip.compress(form), "Content-Encoding: gzip")),
        Case("a bomb of gzip", s.whole(gzip.compress(b"a" * 10**7), "Content-Encoding: gzip")),
        Case("multipart without an end", s.whole(part + form, kind=MULTIPART)),
        Case("multipart without a boundary", s.whole(part + form, kind="multipart/form-data")),
        Case("multipart, a header without end", s.whole(b"--b\r\nContent-Disposition: form-data; name=\"" + b"x" * 200_000, kind=MULTIPART)),
        Case("10,000 parts", s.whole(b"".join(part + b"x\r\n" for _ in range(10_000)) + b"--b--\r\n", kind=MULTIPART)),
        Case("10,000 fields", s.whole(token + b"&".join(b"f%d=x" % n for n in range(10_000))), answers=(200,)),
        Case("30,000 fields", s.whole(token + b"&".join(b"f%d=x" % n for n in range(30_000)))),
        Case("a field's name of 100,000 letters", s.whole(form + b"&" + b"n" * 100_000 + b"=1"), answers=(200,)),
        Case("NUL", s.whole(form + b"%00&login=%00\x00"), answers=(200,)),
        Case("lone surrogates", s.whole(form + b"&login=%ed%a0%80&password=%ed%a0%80"), answers=(200,)),
        Case("not UTF-8", s.whole(form + b"&login=\xff\xfe&password=%ff\xc3"), answers=(200,)),
        Case("a charset that nobody knows", s.whole(form, kind=f"{FORM}; charset=zq-1"), answers=(200,)),
        Case("a token that is no token", s.whole(b"csrfmiddlewaretoken=%00%ff&login=x&password=x")),
        Case("a cookie that is not text", s.head("Cookie: __Host-session=\xff\x80\xed; __Host-csrf=\xff", "Content-Length: 0")),
        Case("a session of 50,000 letters", s.head("Cookie: __Host-session=" + "a" * 50_000, "Content-Length: 0")),
        Case("a session with NUL", s.head("Cookie: __Host-session=a\\000b", "Content-Length: 0")),
        Case("a header of 100 kB", s.head("X-Long: " + "x" * 100_000, method="GET"), answers=(200,)),
        Case("a header of 1 MB", s.head("X-Long: " + "x" * 1_000_000, method="GET")),
        Case("1,000 headers", s.head(*(f"X-{n}: 1" for n in range(1000)), method="GET")),
        Case("NUL in a header", s.head("X-Nul: a\0b", method="GET")),
        Case("a header folded over lines", s.head("X-Fold: a\r\n b", method="GET")),
        Case("a line that is no header", s.head("no colon", method="GET")),
        Case("a host that is none", s.head("Host: zq.example", method="GET")),
        Case("HTTP/1.0", s.head(method="GET", version="1.0"), answers=(200,)),
        Case("HTTP/1.0, chunked", s.head(CHUNKED, version="1.0") + chunk(form) + END),
        Case("HTTP/9.9", s.head(method="GET", version="9.9")),
        Case("HTTP/2 without asking", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\xff" * 100),
        Case("an absolute target", s.head(method="GET", target="http://zq.example/account/login/"), answers=(200,)),
        Case("a target of a proxy", s.head(method="CONNECT", target="127.0.0.1:22")),
        Case("a target that is a star", s.head(method="OPTIONS", target="*")),
        Case("encoded twice", s.head(method="GET", target="/static/%252e%252e/%252e%252e/manage.py")),
        Case("up and out", s.head(method="GET", target="/static/../../etc/passwd")),
        Case("up and out, encoded", s.head(method="GET", target="/static/%2e%2e/%2e%2e/%2e%2e/etc/passwd")),
        Case("NUL in a path", s.head(method="GET", target="/patients/%00/")),
        Case("NUL in a static path", s.head(method="GET", target="/static/%00.css")),
        Case("a path that is not UTF-8", s.head(method="GET", target="/%ff%fe/%ed%a0%80")),
        Case("a path of raw bytes", s.head(method="GET", target="/\xff\xfe")),
        Case("a path of 60,000 letters", s.head(method="GET", target="/" + "p" * 60_000)),
        Case("a query that is not UTF-8", s.head(method="GET", target=PATH + "?next=%ff%00&\xff"), answers=(200,)),
        Case("a method that nobody knows", s.head("Content-Length: 0", method="ZQ")),
        Case("a method of 10,000 letters", s.head("Content-Length: 0", method="Z" * 10_000)),
        Case("two slashes", s.head(method="GET", target="//zq.example/account"), answers=(301, 302)),
        Case("nothing but bytes", bytes(range(256)) * 10),
    ]  # fmt: skip


def stalled(session: Session) -> list[bytes]:
    """Begun, and never ended."""
    s, size = session, f"Content-Length: {len(session.form) * 2}"
    return [
        s.head(size) + s.form,
        s.head(size, target=CSP, kind="application/csp-report") + b"{",
        s.head(size),
        s.head()[:-20],
    ]
