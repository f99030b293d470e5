"""The laws of the house. Each is tried on a breach of it too: a law that finds nothing holds nothing.

What is found by reading files stands in `house/laws.py`, with who is excused and why.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any, Final

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, models
from django.test import Client
from importlinter.cli import lint_imports

from taperplanner.append_only import InsertedOnce, NeverChanges, missing_triggers

from .addresses import Address
from .house import views
from .house.law import TOP, Law
from .house.laws import LAWS
from .house.models import APPEND_ONLY, MUTABLE

OURS: Final = views.our_addresses()
ROOMS: Final = {path.parent.name for path in TOP.glob("taperplanner/*/apps.py")}
# Views whose name, address and template are not one, and why.
NAMED_OTHERWISE: Final[dict[str, str]] = {}
# Pages that no address is named after, and why.
PAGES_WITHOUT_ADDRESS: Final = {
    "tapers/tampered.html": "stands where a version would, if it is no longer what was signed",
    "tapers/too_many_steps.html": "stands where a draft would, if it has more steps than a schedule may have",
    "accounts/unanswered.html": "stands where any page would, while the database does not answer",
    "accounts/papers_being_made.html": "stands where a paper would, while too many are being set",
    "accounts/cannot_save.html": "stands where anything sent would lead while nothing can be written",
    "patients/emergency_access_begun.html": "stands where a restricted record would be opened, if something was sent to"
    " it before: that is shown again, and not saved unasked",
    "accounts/busy.html": "stands where a form with a password would lead while many are signing in",
    "accounts/sent_too_late.html": "stands where a form would lead that was sent after the session's end",
    "accounts/not_saved.html": "stands where a form would lead that was sent without its key, or again with other words",
    "handouts/not_printable.html": "stands where a handout would, while something stands in the way of printing it",
    "handouts/altered.html": "stands where the file of a copy would, if it is no longer what was printed",
    "handouts/rate_limited.html": "stands where the state of a copy would, after too many questions",
    "handouts/paper.html": "what the handout and the preview of a draft extend",
}
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
    " form-action 'self'; frame-ancestors 'none'; base-uri 'none'; report-uri /csp-report; report-to csp"
)


# --- Laws found by reading the files ----------------------------------------------------------


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.says)
def test_the_house_keeps_the_law(law: Law) -> None:
    breaches = law.findings() - set(law.excused)
    assert not breaches, "\n".join(sorted(breaches))


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.says)
def test_no_excuse_outlives_what_it_excused(law: Law) -> None:
    assert set(law.excused) <= law.findings()


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.says)
def test_each_law_is_read_over_some_file(law: Law) -> None:
    assert list(law.sources())


@pytest.mark.parametrize(
    ("law", "breach"),
    [(law, breach) for law in LAWS for breach in law.broken_by],
    ids=lambda value: value.says if isinstance(value, Law) else value[:40],
)
def test_the_law_catches_a_breach(law: Law, breach: str) -> None:
    assert law.catches(breach)


# --- Imports ----------------------------------------------------------------------------------


@pytest.fixture
def _logs_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """The linter sets up logging for a process of its own, which silences every logger of this one."""
    monkeypatch.setattr("logging.config.dictConfig", lambda config: None)


@pytest.mark.usefixtures("_logs_stay")
def test_imports_point_down_only() -> None:
    assert lint_imports(config_filename=str(TOP / "pyproject.toml"), no_cache=True, no_logo=True) == 0


@pytest.mark.usefixtures("_logs_stay")
def test_an_import_that_points_up_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    contracts = (TOP / "pyproject.toml").read_text().partition("[tool.importlinter]")[2]
    rooms = [name for name in re.findall(r'"([a-z_| ]+)"', contracts) for name in name.split(" | ")]
    house = tmp_path / "taperplanner_upside_down"
    house.mkdir()
    for room in ("__init__", *rooms):
        (house / f"{room}.py").touch()
    (house / "doses.py").write_text("from . import tapers\n")
    config = tmp_path / "config.toml"
    config.write_text("[tool.importlinter]" + contracts.replace('"taperplanner"', f'"{house.name}"'))
    monkeypatch.syspath_prepend(str(tmp_path))
    assert lint_imports(config_filename=str(config), no_cache=True, no_logo=True) == 1


# --- Views ------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", OURS, ids=lambda address: address.name)
def test_view_url_and_template_have_one_name(address: Address) -> None:
    found = list(views.misnamed(address, views.function_of(address)))
    assert bool(found) == (address.name in NAMED_OTHERWISE), found


def test_a_name_of_its_own_is_caught() -> None:
    address = Address("patients:patient_edit", (), lambda: None)
    function = ast.parse("def edit(): return render('patients/edit.html')").body[0]
    assert isinstance(function, ast.FunctionDef)
    assert len(list(views.misnamed(address, function))) == 2


def test_every_page_has_an_address() -> None:
    named = {f"{views.room_of(address)}/{views.name_of(address)}.html" for address in OURS}
    assert set(views.page_templates(ROOMS)) - named == set(PAGES_WITHOUT_ADDRESS)


def test_a_view_is_short() -> None:
    lines = {address.name: views.body_lines(views.function_of(address)) for address in OURS}
    assert {name: length for name, length in lines.items() if length > views.LONGEST_VIEW} == {}
    assert median(lines.values()) <= views.LONGEST_MEDIAN


# --- Models -----------------------------------------------------------------------------------


def our_models() -> dict[str, type[models.Model]]:
    return {model._meta.label: model for model in apps.get_models() if model._meta.app_label in ROOMS}


def test_every_model_is_listed_as_mutable_or_append_only() -> None:
    assert set(our_models()) == MUTABLE | APPEND_ONLY
    assert not MUTABLE & APPEND_ONLY


@pytest.mark.parametrize("label", sorted(MUTABLE))
def test_a_mutable_model_can_change(label: str) -> None:
    assert not issubclass(our_models()[label], InsertedOnce)


REFUSED: Final[dict[str, Callable[[Any], object]]] = {
    "save again": lambda model: model.from_db("default", [], []).save(),
    "delete": lambda model: model().delete(),
    "update": lambda model: model.objects.update(id=None),
    "delete many": lambda model: model.objects.all().delete(),
    "update many": lambda model: model.objects.bulk_update([], ["id"]),
    "update or create": lambda model: model.objects.update_or_create(id=None),
    "write over": lambda model: model.objects.bulk_create([], update_conflicts=True),
    "by the default manager": lambda model: model._default_manager.update(id=None),
}


@pytest.mark.parametrize("label", sorted(APPEND_ONLY))
@pytest.mark.parametrize("act", REFUSED.values(), ids=REFUSED)
def test_an_append_only_model_refuses_to_change(label: str, act: Callable[[Any], object]) -> None:
    """The class refuses before it asks the database; that its triggers refuse too: test_append_only."""
    with pytest.raises(NeverChanges):
        act(our_models()[label])


def test_every_append_only_table_has_its_triggers(db: None) -> None:
    assert missing_triggers(connection) == []


def test_no_column_holds_an_inexact_number() -> None:
    inexact = (models.FloatField, models.DecimalField)
    assert not [
        str(field)
        for model in our_models().values()
        for field in model._meta.get_fields()
        if isinstance(field, inexact)
    ]


def test_migrations_say_what_the_models_say(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_migration_has_a_name_of_its_own() -> None:
    assert not [path.name for path in TOP.glob("taperplanner/*/migrations/*_auto_*.py")]


# --- What is written about the house ----------------------------------------------------------


def variables_of(source: str) -> set[str]:
    """Names that settings read from the environment."""
    return {
        str(node.args[0].value)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).startswith("env.")
        and isinstance(node.args[0], ast.Constant)
    }


def test_every_environment_variable_stands_in_the_readme() -> None:
    variables = variables_of((TOP / "taperplanner/settings.py").read_text())
    readme = (TOP / "README.md").read_text()
    assert {"SECRET_KEY", "DATABASE_URL"} <= variables
    assert {
        name for name in variables if not re.search(rf"^\|\s*`{name}`\s*\|", readme, re.MULTILINE)
    } == set()


def test_a_variable_is_found_in_settings() -> None:
    assert variables_of("X = env.bool('NEW_ONE', default=False)\nY = env('NOT_READ')") == {"NEW_ONE"}


@pytest.mark.parametrize(
    "ends",
    ["requirements/run.txt && .venv/bin/python manage.py demo", "requirements/test.txt && .venv/bin/pytest"],
)
def test_the_readme_has_the_line_to_paste(ends: str) -> None:
    line = f"python3 -m venv .venv && .venv/bin/pip install -r {ends}"
    assert line in (TOP / "README.md").read_text().splitlines()


@pytest.mark.parametrize("pins", ["run.txt", "test.txt"])
def test_nothing_is_built_when_the_pins_are_installed(pins: str) -> None:
    """pip reads the line, and then takes wheels alone."""
    assert (TOP / "requirements" / pins).read_text().startswith("--only-binary :all:\n")


def test_every_dependency_stands_in_its_document_and_no_other() -> None:
    lists = re.findall(
        r"^(?:dependencies|test) = \[\n(.*?)^\]", (TOP / "pyproject.toml").read_text(), re.M | re.S
    )
    wanted = set(re.findall(r'^    "([\w-]+)', "".join(lists), re.M))
    rows = re.findall(r"^\| ([a-z][\w-]+) \|", (TOP / "docs/dependencies.md").read_text(), re.M)
    assert "django" in wanted
    assert set(rows) - {"package"} == wanted


def test_pre_commit_runs_what_ci_checks() -> None:
    checks = [
        line.rpartition("|")[2].strip()
        for line in (TOP / ".ci/checks").read_text().splitlines()
        if not line.startswith("#")
    ]
    assert len(checks) >= 8
    assert re.findall(r"^ +entry: (.*)$", (TOP / ".pre-commit-config.yaml").read_text(), re.M) == checks


@pytest.mark.parametrize("map_", ["README.md", "taperplanner/__init__.py"])
def test_the_map_names_every_room(map_: str) -> None:
    text = (TOP / map_).read_text()
    assert {room for room in ROOMS if not re.search(rf"\b{room}\b", text)} == set()


# --- What the browser may do ------------------------------------------------------------------


def test_the_browser_may_do_exactly_this(client: Client, db: None) -> None:
    answer = client.get("/account/login/")
    assert sorted(answer["Content-Security-Policy"].split("; ")) == sorted(POLICY.split("; "))
    assert "Content-Security-Policy-Report-Only" not in answer
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
