"""Checks that no single cell shows, and the tests that turn red without each, in a copy of the tree.

Found by walking the code: whatever calls one of `ASKS` where something is done. A new one is taken out with the tests
that its file has here. What a page says ahead of the action that refuses is no gate: `SAYS`.
"""

from __future__ import annotations

import ast
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from ..controls.__main__ import ROOT, _copy_of_the_tree, _survives_in
from ..controls.control import Control

# What each says to somebody who may.
ASKS: Final[Mapping[str, str]] = {
    "may": "True",
    "is_open_to": "True",
    "why_not_sign": "''",
    "why_not_independent": "''",
    "why_not_vouch": "''",
    "require_settled": "None",
    "require_vouch": "None",
    "lacks_one": "False",
    "_was_idle": "False",
}
ALONE: Final = "tests/accounts/test_unsettled_managers.py tests/accounts/test_one_manager_alone.py tests/accounts/test_resets.py"
RESTRICTED: Final = (
    "tests/patients/test_restricting.py tests/patients/test_emergency_access.py"
    " tests/patients/test_restricted_everywhere.py"
)
TESTS: Final[Mapping[str, str]] = {
    "taperplanner/accounts/actions/access.py": ALONE,
    "taperplanner/accounts/actions/confirming.py": ALONE,
    "taperplanner/accounts/actions/resets.py": ALONE,
    "taperplanner/accounts/actions/users.py": ALONE,
    "taperplanner/accounts/vouching.py": ALONE,
    "taperplanner/accounts/middleware.py": "tests/accounts/test_middleware.py",
    "taperplanner/accounts/set_up_first.py": "tests/accounts/test_second_factor_required.py",
    "taperplanner/handouts/batches/printing.py": RESTRICTED,
    "taperplanner/monitoring/emergencies/actions.py": "tests/monitoring",
    "taperplanner/patients/restricted/actions.py": RESTRICTED,
    "taperplanner/patients/restricted/opening.py": RESTRICTED,
    "taperplanner/stays/actions.py": "tests/stays/test_actions.py",
    "taperplanner/tapers/actions/checks.py": "tests/tapers/test_checks.py tests/accounts/test_resets.py",
    "taperplanner/tapers/actions/signing.py": "tests/accounts/test_resets.py",
}
SAYS: Final[Mapping[str, str]] = {
    "taperplanner/accounts/decorators.py": "`@requires`, taken out at each view",
    "taperplanner/accounts/views/access.py": "says what the actions of signing refuse",
    "taperplanner/accounts/views/resets.py": "says what the action of a confirmation refuses",
    "taperplanner/patients/restricted/forms.py": "offers whom to name",
    "taperplanner/patients/restriction_pages/views.py": "leads on whoever needs no emergency access",
    "taperplanner/tapers/views/checks.py": "says what the action of a check refuses",
    "taperplanner/tapers/views/drafts.py": "says what the action of signing refuses",
    "taperplanner/worklist/stays.py": "says whether a row leads to what only a provider may",
    "taperplanner/worklist/views.py": "chooses what a role's worklist begins with; each list is one of its clinic's",
}
# The middlewares of which no single request shows the loss.
MIDDLEWARE_TESTS: Final[Mapping[str, str]] = {
    "taperplanner.accounts.refusals.RefusalsMiddleware": "tests/accounts/test_refusals.py",
    "taperplanner.accounts.notices.NoticeMiddleware": "tests/accounts/test_resets.py",
    "taperplanner.accounts.set_up_first.SecondFactorMiddleware": "tests/accounts/test_second_factor_required.py",
    "django.middleware.csrf.CsrfViewMiddleware": "tests/accounts/test_refusals.py",
}
NO_CHECKS: Final[Mapping[str, str]] = {
    "whitenoise.middleware.WhiteNoiseMiddleware": "gives files that anybody may have",
    "taperplanner.serving.request_line.RequestLineMiddleware": "a line in the log",
    "taperplanner.serving.health.NobodyProbes": "takes cookies from two addresses that anybody may ask",
    "taperplanner.serving.deadline.DeadlineMiddleware": "a page for what takes too long",
    "taperplanner.accounts.cannot_save.CannotSaveMiddleware": "a page for a full disk",
    "taperplanner.accounts.papers.PapersMiddleware": "says for whom a paper is set; tests/test_papers_in_line.py",
    "taperplanner.accounts.hashing.BusyMiddleware": "a page for when too many sign in at once",
    "django.contrib.sessions.middleware.SessionMiddleware": "without it nothing answers",
    "django.middleware.common.CommonMiddleware": "slashes and lengths",
    "taperplanner.unbroken.unbroken_amounts": "how an amount breaks",
    "django.contrib.auth.middleware.AuthenticationMiddleware": "without it nothing answers",
    "taperplanner.accounts.middleware.ClinicMiddleware": "without it nothing answers; its checks are gates of their own",
    "django.contrib.messages.middleware.MessageMiddleware": "what a page says once",
    "allauth.account.middleware.AccountMiddleware": "without it nothing answers",
    "django_htmx.middleware.HtmxMiddleware": "what kind of page is asked for",
    "simple_history.middleware.HistoryRequestMiddleware": "who is written into a history",
}


def gates() -> Iterator[Control]:
    yield from (gate for file in files_with_gates() if file not in SAYS for gate in _gates_in(file))
    yield from (
        Control("", middleware, "taperplanner/settings.py", f'    "{middleware}",\n', "", tests)
        for middleware, tests in MIDDLEWARE_TESTS.items()
    )


def files_with_gates() -> list[str]:
    found = sorted(ROOT.glob("taperplanner/**/*.py"))
    return [str(path.relative_to(ROOT)) for path in found if _calls(ast.parse(path.read_text()))]


def _calls(tree: ast.AST) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in ASKS
    ]


def _gates_in(file: str) -> Iterator[Control]:
    """Each call, with the whole of the function that makes it, which stands once in its file."""
    source = (ROOT / file).read_text()
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    seen: set[int] = set()
    for function in reversed(functions):  # the innermost first
        text = ast.get_source_segment(source, function) or ""
        for number, call in enumerate([one for one in _calls(function) if id(one) not in seen]):
            seen.add(id(call))
            name = ast.unparse(call.func).rpartition(".")[2]
            asked = ast.get_source_segment(source, call) or ""
            before = _until(source, function, call)
            broken = text[:before] + ASKS[name] + text[before + len(asked) :]
            what = f"{ast.unparse(call)} in {function.name} ({number + 1})"
            yield Control("", what, file, text, broken, TESTS[file])


def _until(source: str, function: ast.FunctionDef, call: ast.Call) -> int:
    lines = source.splitlines(keepends=True)
    between = "".join(lines[function.lineno - 1 : call.lineno - 1])
    bytes_before = lines[call.lineno - 1].encode()[: call.col_offset]
    return len(between) + len(bytes_before.decode()) - function.col_offset


def red_without_each_gate(only: str) -> Iterator[tuple[str, str]]:
    """Tests that are red anyhow say nothing."""
    with tempfile.TemporaryDirectory() as folder:
        tree, migrated = _copy_of_the_tree(Path(folder)), Path(folder, "migrated.sqlite3")
        is_red_anyhow: dict[str, bool] = {}
        for gate in gates():
            if only not in f"{gate.what} {gate.file}":
                continue
            if gate.tests not in is_red_anyhow:
                is_red_anyhow[gate.tests] = not _survives_in(tree, replace(gate, broken=gate.text), migrated)
            missed = is_red_anyhow[gate.tests] or _survives_in(tree, gate, migrated)
            yield f"{gate.what} {gate.file}", "" if missed else f"by {gate.tests}"
