"""A request's body is there whole before anything works on it, and those that do not come hold few threads.

The server hands a request over when its headers are there, and whoever reads the body waits for it in one of few threads:
as many as there are threads who sent half a body and stopped kept everybody waiting, `/healthz` too. A proxy that holds a
body back until it is whole (docs/deploy) ends such a request; where there is none, the other threads go on with what has
no body. A form that was cut off is refused, never taken for a shorter one.
"""

from __future__ import annotations

import io
import logging
from http import HTTPStatus
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Final

from django.conf import settings

if TYPE_CHECKING:
    from wsgiref.types import InputStream, StartResponse, WSGIEnvironment

logger = logging.getLogger(__name__)
READ_AT_ONCE: Final = 4  # bodies in a process; what is there already is read in no time
WAITS: Final = 0.05  # seconds, for another one to be read
SAID: Final = {
    HTTPStatus.BAD_REQUEST: "What was sent did not arrive whole. Nothing was saved. Go back and send it again.",
    HTTPStatus.LENGTH_REQUIRED: "What was sent does not say how long it is. Nothing was saved.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "More was sent than a form may hold. Nothing was saved. Go back and send less.",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "No form here is sent in parts, and no file is taken. Nothing was saved.",
    HTTPStatus.SERVICE_UNAVAILABLE: "The server is busy. Nothing was saved. Go back and send it again.",
}
HEADERS: Final = [
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("Content-Security-Policy", "default-src 'none'"),
]


class Refused(Exception):
    def __init__(self, status: HTTPStatus) -> None:
        self.status = status
        super().__init__(f"{status.value}")


class Bodies:
    """Of one process."""

    def __init__(self, *, most: int, at_once: int = READ_AT_ONCE) -> None:
        self._most, self._turns = most, BoundedSemaphore(at_once)

    def receive(self, given: WSGIEnvironment) -> None:
        """Puts the whole body in the place of the line it comes from. Raises: Refused."""
        length = self._length_of(given)
        body = self._read(given["wsgi.input"], length) if length else b""
        given["wsgi.input"] = io.BytesIO(body)

    def _length_of(self, given: WSGIEnvironment) -> int:
        if "HTTP_TRANSFER_ENCODING" in given:
            raise Refused(HTTPStatus.LENGTH_REQUIRED)
        said = given.get("CONTENT_LENGTH") or "0"
        if not (said.isascii() and said.isdigit()):
            raise Refused(HTTPStatus.BAD_REQUEST)
        if len(said) > len(str(self._most)) or int(said) > self._most:
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        # To read ten thousand parts takes seconds of a core.
        if given.get("CONTENT_TYPE", "").strip().lower().startswith("multipart/"):
            raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        return int(said)

    def _read(self, line: InputStream, length: int) -> bytes:
        if not self._turns.acquire(timeout=WAITS):
            raise Refused(HTTPStatus.SERVICE_UNAVAILABLE)
        try:
            body = line.read(length)
        finally:
            self._turns.release()
        if len(body) != length:
            raise Refused(HTTPStatus.BAD_REQUEST)
        return body


def refuse(status: HTTPStatus, start_response: StartResponse) -> list[bytes]:
    logger.warning("a body was refused: %s", status.phrase)
    said = f"{SAID[status]}\n".encode()
    start_response(f"{status.value} {status.phrase}", [*HEADERS, ("Content-Length", str(len(said)))])
    return [said]


def bodies_of_settings() -> Bodies:
    return Bodies(most=settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
