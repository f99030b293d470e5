"""Of who may do what."""

from __future__ import annotations

from typing import Final

from .control import Control

MATRIX: Final = "tests/test_access.py"

CONTROLS: Final = (
    Control(
        "H81",
        "a role that may not is refused",
        "taperplanner/accounts/decorators.py",
        "            if not request.user.may(permission):\n",
        "            if False:\n",
        MATRIX,
    ),
    Control(
        "H81",
        "a page is read or posted to, and nothing else",
        "taperplanner/accounts/methods.py",
        "return get_response(request) if request.method in TAKEN else",
        "return get_response(request) if request.method else",
        MATRIX,
    ),
    Control(
        "H81",
        "nobody is answered without a sign-in",
        "taperplanner/settings.py",
        '    "django.contrib.auth.middleware.LoginRequiredMiddleware",\n',
        "",
        MATRIX,
    ),
    Control(
        "H81",
        "a plan is looked for among the clinic's",
        "taperplanner/accounts/decorators.py",
        "rows(request.clinic), **lookups)",
        "rows(request.clinic).model._base_manager.all(), **lookups)",
        MATRIX,
    ),
)
