"""The keys of the audit log's chain. They stand in the settings, never in the database."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings


@dataclass(frozen=True)
class Key:
    name: str
    secret: str

    def mac(self, text: str) -> str:
        return hmac.new(self.secret.encode(), text.encode(), sha256).hexdigest()


def signing_key() -> Key:
    """The first; the others, of before a change, only verify."""
    return Key(*next(iter(settings.AUDIT_KEYS.items())))


def key_named(name: str) -> Key | None:
    secret = settings.AUDIT_KEYS.get(name)
    return None if secret is None else Key(name, secret)
