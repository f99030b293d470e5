"""What a browser may do with any answer of ours, also with a file or an error."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse

_OFF: Final = (
    "accelerometer", "autoplay", "bluetooth", "browsing-topics", "camera", "display-capture", "encrypted-media",
    "fullscreen", "gamepad", "geolocation", "gyroscope", "hid", "identity-credentials-get", "idle-detection",
    "local-fonts", "magnetometer", "microphone", "midi", "otp-credentials", "payment", "picture-in-picture",
    "screen-wake-lock", "serial", "storage-access", "usb", "web-share", "window-management", "xr-spatial-tracking",
)  # fmt: skip
_OURS: Final = ("publickey-credentials-get", "publickey-credentials-create", "clipboard-write")
HEADERS: Final = {
    "Permissions-Policy": ", ".join(
        [*(f"{name}=()" for name in _OFF), *(f"{name}=(self)" for name in _OURS)]
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Reporting-Endpoints": 'csp="/csp-report"',
}


class HeadersMiddleware:
    """Outside of every other, so that no answer is without them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response[name] = value
        return response
