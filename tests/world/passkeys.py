"""A passkey without a browser: makes and answers what one would, for http://testserver as https."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass, field
from hashlib import sha256
from secrets import token_bytes
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import WebAuthn
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

from taperplanner.accounts.models import User

HOST = "testserver"
PRESENT, VERIFIED, HAS_CREDENTIAL = 0x01, 0x04, 0x40


@dataclass
class Passkey:
    user: User
    origin: str = f"https://{HOST}"
    verifies: bool = True
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    credential_id: bytes = field(default_factory=lambda: token_bytes(32))

    def registered(self, name: str = "Own phone") -> Authenticator:
        """A row as enrolling writes it."""
        row: Authenticator = WebAuthn.add(self.user, name, self.made(token_bytes(32))).instance
        return row

    def made(self, challenge: bytes) -> dict[str, Any]:
        """The answer to creation options."""
        public = ES256.from_cryptography_key(self.key.public_key())
        credential = AttestedCredentialData.create(bytes(16), self.credential_id, public)
        data = AuthenticatorData.create(
            sha256(HOST.encode()).digest(), self._flags() | HAS_CREDENTIAL, 0, credential
        )
        attestation = AttestationObject.create("none", data, {})
        return self._answer({
            "clientDataJSON": websafe_encode(self._client_data("webauthn.create", challenge)),
            "attestationObject": websafe_encode(bytes(attestation)),
        })  # fmt: skip

    def answer(self, options: dict[str, Any], **changed: Any) -> str:
        """The answer to request options, as the script sends it."""
        challenge = options["publicKey"]["challenge"]
        client_data = json.dumps(
            {"type": "webauthn.get", "challenge": challenge, "origin": self.origin} | changed
        ).encode()
        data = sha256(HOST.encode()).digest() + bytes([self._flags()]) + struct.pack(">I", 0)
        signature = self.key.sign(data + sha256(client_data).digest(), ec.ECDSA(SHA256()))
        return json.dumps(
            self._answer({
                "clientDataJSON": websafe_encode(client_data),
                "authenticatorData": websafe_encode(data),
                "signature": websafe_encode(signature),
                "userHandle": websafe_encode(str(self.user.pk).encode()),
            })
        )  # fmt: skip

    def _flags(self) -> int:
        return PRESENT | (VERIFIED if self.verifies else 0)

    def _client_data(self, kind: str, challenge: bytes) -> bytes:
        return json.dumps(
            {"type": kind, "challenge": websafe_encode(challenge), "origin": self.origin}
        ).encode()

    def _answer(self, response: dict[str, str]) -> dict[str, Any]:
        shown = websafe_encode(self.credential_id)
        return {
            "id": shown,
            "rawId": shown,
            "type": "public-key",
            "clientExtensionResults": {"credProps": {"rk": True}},
            "response": response,
        }
