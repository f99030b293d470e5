"""Of what is served, how it ends, and what is seen of it from outside."""

from __future__ import annotations

from typing import Final

from .control import Control

CONTROLS: Final = (
    Control(
        "H82",
        "after its time a request asks the database nothing more",
        "taperplanner/serving/deadline.py",
        "            raise TooLong\n",
        "            pass\n",
        "tests/serving/test_deadline.py",
    ),
    Control(
        "H82",
        "after a commit no page says that nothing was saved",
        "taperplanner/serving/errors.py",
        " and not has_committed(request):",
        ":",
        "tests/serving/test_deadline.py",
    ),
    Control(
        "H82",
        "what was committed is answered, however late",
        "taperplanner/serving/deadline.py",
        " and not self.has_committed and",
        " and",
        "tests/serving/test_deadline.py",
    ),
    Control(
        "H83",
        "nothing is served without its triggers",
        "taperplanner/serving/ready.py",
        "    yield from (_said(one) for one in found if _counts(one))\n",
        "    yield from ()\n",
        "tests/serving/test_serve.py -k trigger",
    ),
    Control(
        "H83",
        "nothing is served while migrations wait",
        "taperplanner/serving/ready.py",
        "    if waiting := migrations_waiting(connection):",
        "    if waiting := []:",
        "tests/serving/test_serve.py -k migrations",
    ),
    Control(
        "H83",
        "a probe's session is not looked up",
        "taperplanner/serving/health.py",
        "        request.COOKIES = {}\n",
        "",
        "tests/serving/test_health.py",
    ),
    Control(
        "H83",
        "an error is logged without its message",
        "taperplanner/serving/json_logs.py",
        '        causes.append({"kind": kind,',
        '        causes.append({"message": str(one), "kind": kind,',
        "tests/serving/test_request_line.py",
    ),
    Control(
        "H99",
        "a body that does not come leaves threads for others",
        "taperplanner/serving/bodies.py",
        "        if not self._turns.acquire(timeout=WAITS):",
        "        if not self._turns.acquire(timeout=600):",
        "tests/hostile/test_bodies.py -k half",
    ),
    Control(
        "H99",
        "a form that was cut off is not taken for a shorter one",
        "taperplanner/serving/bodies.py",
        "        if len(body) != length:",
        "        if not body:",
        "tests/hostile/test_bodies.py -k refused",
    ),
)
