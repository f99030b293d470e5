"""That a signature is the provider's own: confirmed again, bound to what is signed, used once."""

from __future__ import annotations

from typing import Final

from .control import Control

CONTROLS: Final = (
    Control(
        "H75",
        "a confirmation is of what is signed, and of nothing else",
        "taperplanner/accounts/actions/confirmations.py",
        "    _refuse_if(proof.confirmed != confirmed, OF_SOMETHING_ELSE)\n",
        "",
        "tests/tapers/test_confirming.py",
    ),
    Control(
        "H75",
        "a confirmation is the signer's own",
        "taperplanner/accounts/actions/confirmations.py",
        "    _refuse_if(proof.user_id != by.pk, OF_SOMEBODY_ELSE)\n",
        "",
        "tests/tapers/test_confirming.py",
    ),
    Control(
        "H75",
        "the password alone signs for nobody who has a second factor or must have one",
        "taperplanner/accounts/actions/confirmations.py",
        "        _refuse_if(must_have_one(by) or bool(factors_of(by)), NOT_ENOUGH)\n",
        "        pass\n",
        "tests/tapers/test_confirming.py",
    ),
    Control(
        "H75",
        "a passkey's answer is taken for what it was asked for",
        "taperplanner/accounts/passkeys.py",
        '    if not secrets.compare_digest(challenge, _challenge(bytes.fromhex(asked["nonce"]), confirmed)):\n',
        "    if False:\n",
        "tests/tapers/test_signing_with_passkeys.py",
    ),
    Control(
        "H75",
        "a challenge is answered once",
        "taperplanner/accounts/passkeys.py",
        "waiting.pop(challenge, None)",
        "waiting.get(challenge)",
        "tests/tapers/test_signing_with_passkeys.py",
    ),
    Control(
        "H75",
        "whoever must have a second factor reaches nothing before it is set up",
        "taperplanner/accounts/set_up_first.py",
        "        return None if is_open or not request.lacks_second_factor else _led_to_set_up(request)",
        "        return None",
        "tests/accounts/test_second_factor_required.py",
    ),
)
