"""One question to a time server, as RFC 4330 has it (SNTP, version 4), and only an answer that holds up is used.

Section 5 of the RFC says what to check. The request tells the server nothing: in place of our time stand random bits,
which an answer must repeat, so that nobody can answer who did not see the question.
"""

from __future__ import annotations

import secrets
import socket
import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from django.utils import timezone

PORT: Final = 123
SECONDS_TO_ANSWER: Final = 2
_ASKS: Final = 0x23  # no leap second known, version 4, a client
_SERVER: Final = 4
_UNSYNCHRONISED: Final = 3
_MOST_STRATA: Final = 15
_PACKET: Final = struct.Struct("!BBbb3I4Q")
_BEFORE_ITS_STAMPS: Final = 40
# Where its own distance from the true time is more than this, an answer says little about a minute.
_WORST_DISPERSION: Final = 16 << 16
# Seconds from 1900, and once more from 2036: a stamp without its highest bit is of the second time round.
_EPOCHS: Final = (datetime(2036, 2, 7, 6, 28, 16, tzinfo=UTC), datetime(1900, 1, 1, tzinfo=UTC))


class NoAnswer(Exception):
    """The message says why, as the end of a sentence."""


@dataclass(frozen=True)
class Answer:
    """`received_at`, `sent_at`: by the server's clock."""

    received_at: datetime
    sent_at: datetime


def ahead_of(server: str) -> timedelta:
    """How far our clock is ahead of the server's, to within half of the time that the answer took.

    Shape of `server`: a name or an address, with ":port" or without. Raises: NoAnswer.
    """
    nonce = secrets.token_bytes(8)
    try:
        place = urlsplit(f"//{server}")
        family, _, _, _, address = socket.getaddrinfo(
            place.hostname, place.port or PORT, type=socket.SOCK_DGRAM
        )[0]
        with socket.socket(family, socket.SOCK_DGRAM) as asking:
            asking.settimeout(SECONDS_TO_ANSWER)
            asking.connect(address)  # from then on nobody else's answer is heard
            asked_at = timezone.now()
            asking.send(bytes([_ASKS]) + bytes(_BEFORE_ITS_STAMPS - 1) + nonce)
            packet = asking.recv(512)
            heard_at = timezone.now()
    except TimeoutError:
        raise NoAnswer(f"none within {SECONDS_TO_ANSWER} seconds") from None
    except (OSError, ValueError) as problem:
        raise NoAnswer(f"it cannot be reached ({type(problem).__name__})") from None
    answer = read(packet, nonce)
    return ((asked_at - answer.received_at) + (heard_at - answer.sent_at)) // 2


def read(packet: bytes, nonce: bytes) -> Answer:
    """Raises: NoAnswer."""
    if len(packet) < _PACKET.size:
        raise NoAnswer("it is too short")
    flags, stratum, _, _, _, dispersion, name, _, origin, received, sent = _PACKET.unpack_from(packet)
    if flags & 7 != _SERVER or not flags >> 3 & 7:
        raise NoAnswer("it is not the answer of a server")
    if origin != int.from_bytes(nonce):
        raise NoAnswer("it is not the answer to what was asked")
    if stratum == 0:
        raise NoAnswer(f"it was told not to ask ({_code(name)})")
    if flags >> 6 == _UNSYNCHRONISED or stratum > _MOST_STRATA or dispersion > _WORST_DISPERSION:
        raise NoAnswer("the server says that it does not know the time")
    if not received or not sent:
        raise NoAnswer("it holds no time")
    return Answer(_moment(received), _moment(sent))


def _moment(stamp: int) -> datetime:
    seconds, part = divmod(stamp, 1 << 32)
    return _EPOCHS[seconds >> 31] + timedelta(seconds=seconds, microseconds=part * 1_000_000 >> 32)


def _code(name: int) -> str:
    """The kiss code: four letters, such as RATE."""
    text = name.to_bytes(4).decode("ascii", "replace")
    return text if text.isalpha() else "no reason given"
