from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest

from taperplanner.accounts.logs import MaskedFormatter


@pytest.fixture
def our_handler() -> logging.StreamHandler[io.StringIO]:
    (handler,) = (one for one in logging.getLogger().handlers if isinstance(one.formatter, MaskedFormatter))
    assert isinstance(handler, logging.StreamHandler)
    return handler


@pytest.fixture
def our_log(our_handler: logging.StreamHandler[io.StringIO]) -> Iterator[io.StringIO]:
    """What the handler of our settings writes."""
    written = io.StringIO()
    before = our_handler.setStream(written)
    yield written
    if before is not None:
        our_handler.setStream(before)
