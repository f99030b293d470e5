"""One stream of bytes in a file, in parts of which none can be changed, moved, left out or cut off unseen.

    taperplanner backup 1\n            what it is: one kind is never taken for another
    {"check": …, "key": …, "salt": …}\n
    part, part, …, last part          each of AT_ONCE bytes and its tag, the last of fewer

With a key each part is encrypted by AES-256-GCM, under a key of this file alone (HKDF over the secret, a salt and what
it is). The nonce is the part's number and whether it is the last one, and what is authenticated beside it is the
beginning of the file. Without a key the tag is a SHA-256 over the same: that finds an accident, and not somebody who
means harm. No Django here: what is sealed is opened without the server and its settings.
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from hashlib import sha256
from typing import BinaryIO, Final, Protocol, TypeAlias

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

AT_ONCE: Final = 1 << 20
LONGEST_HEADER: Final = 4096
SHORTEST_SECRET: Final = 32
Key: TypeAlias = tuple[str, str]  # its name and its secret


class Refused(Exception):
    """What was asked for was not done, and nothing of it is left. One sentence for whoever runs the server."""


class Damaged(Refused):
    """What is read is not what was written."""


class Sealed(Enum):
    """What it is: how its file begins, and what a sentence calls it."""

    BACKUP = (b"taperplanner backup 1\n", "is no backup")
    PAPERS = (b"taperplanner papers 1\n", "is no file of down-time papers")

    @property
    def magic(self) -> bytes:
        return self.value[0]

    @property
    def is_none(self) -> Damaged:
        return Damaged(f"This {self.value[1]} of Taper Planner, or its beginning is damaged.")


class _Cipher(Protocol):
    tag: int

    def close(self, nonce: bytes, part: bytes, beginning: bytes) -> bytes: ...

    def open(self, nonce: bytes, sealed: bytes, beginning: bytes) -> bytes: ...


def keys_in(text: str) -> dict[str, str]:
    """Of BACKUP_KEYS: `name:secret`, several with commas."""
    return dict(pair.partition(":")[::2] for pair in text.split(",") if pair)


def first_of(keys: Mapping[str, str]) -> Key | None:
    """What is written with. Raises: Refused, if it is too short to be a secret."""
    key = next(iter(keys.items()), None)
    if key and len(key[1]) < SHORTEST_SECRET:
        raise Refused(f"Set BACKUP_KEYS to name:secret, each {SHORTEST_SECRET} characters or more.")
    return key


def write(file: BinaryIO, content: Iterable[bytes], key: Key | None, *, of: Sealed) -> None:
    salt = secrets.token_bytes(32)
    cipher, check = _cipher(key[1] if key else None, salt, of)
    header = {"check": check, "key": key[0] if key else None, "salt": salt.hex()}
    beginning = of.magic + json.dumps(header, sort_keys=True).encode() + b"\n"
    file.write(beginning)
    digest = sha256(beginning).digest()
    for number, (part, is_last) in enumerate(_parts(content)):
        file.write(cipher.close(_nonce(number, is_last=is_last), part, digest))


def key_name(file: BinaryIO, *, of: Sealed) -> str | None:
    """Of a file at its beginning. Raises: Damaged."""
    return _header(file, of)[0]


def read(file: BinaryIO, secrets_by_name: Mapping[str, str], *, of: Sealed) -> Iterator[bytes]:
    """Raises: Damaged, Refused where it needs a key that is not there."""
    name, check, salt, beginning = _header(file, of)
    if name is not None and name not in secrets_by_name:
        raise Refused(f"It is encrypted with the key {name!r}, which BACKUP_KEYS does not have.")
    cipher, found = _cipher(None if name is None else secrets_by_name[name], salt, of)
    if not hmac.compare_digest(found, check):
        raise Refused(
            f"The key {name!r} of BACKUP_KEYS is not the one that it was encrypted with, or its beginning is damaged."
        )
    digest, number = sha256(beginning).digest(), 0
    sealed = file.read(AT_ONCE + cipher.tag)
    while True:
        following = file.read(AT_ONCE + cipher.tag)
        nonce = _nonce(number, is_last=not following)
        try:
            yield cipher.open(nonce, sealed, digest)
        except InvalidTag as problem:
            end = " or cut short" if not following else ""
            raise Damaged(
                f"It is damaged{end}: its part {number + 1}, of {AT_ONCE} bytes each, is not what was written."
            ) from problem
        if not following:
            return
        sealed, number = following, number + 1


def _header(file: BinaryIO, of: Sealed) -> tuple[str | None, str, bytes, bytes]:
    """Name of the key, check of it, salt, and the bytes of all that."""
    magic, line = file.read(len(of.magic)), file.readline(LONGEST_HEADER)
    try:
        header = json.loads(line)
        name, check, salt = header["key"], header["check"], bytes.fromhex(header["salt"])
    except (ValueError, KeyError, TypeError) as problem:
        raise of.is_none from problem
    if magic != of.magic or not isinstance(check, str) or not (name is None or isinstance(name, str)):
        raise of.is_none
    if not check.isascii():
        raise of.is_none
    return name, check, salt, magic + line


def _parts(content: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """All of one length but the last, which may be empty."""
    waiting = bytearray()
    for some in content:
        waiting += some
        while len(waiting) > AT_ONCE:
            yield bytes(waiting[:AT_ONCE]), False
            del waiting[:AT_ONCE]
    yield bytes(waiting), True


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


def _cipher(secret: str | None, salt: bytes, of: Sealed) -> tuple[_Cipher, str]:
    """And by what it is known whether the secret is the one."""
    if secret is None:
        return _Plain(), ""
    derived = HKDF(SHA256(), 64, salt, of.magic).derive(secret.encode())
    return _Encrypted(derived[:32]), derived[32:48].hex()


class _Encrypted:
    tag = 16

    def __init__(self, key: bytes) -> None:
        self._key = AESGCM(key)

    def close(self, nonce: bytes, part: bytes, beginning: bytes) -> bytes:
        return self._key.encrypt(nonce, part, beginning)

    def open(self, nonce: bytes, sealed: bytes, beginning: bytes) -> bytes:
        return self._key.decrypt(nonce, sealed, beginning)


class _Plain:
    tag = 32

    def close(self, nonce: bytes, part: bytes, beginning: bytes) -> bytes:
        return part + sha256(beginning + nonce + part).digest()

    def open(self, nonce: bytes, sealed: bytes, beginning: bytes) -> bytes:
        part, tag = sealed[: -self.tag], sealed[-self.tag :]
        if sha256(beginning + nonce + part).digest() != tag:
            raise InvalidTag
        return part
