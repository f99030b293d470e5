"""In production a file's name changes with what it says, also where one of our scripts imports another."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.http import HttpResponse
from django.test import RequestFactory
from whitenoise.middleware import WhiteNoiseMiddleware

FILES = {
    "js/page.js": 'import "./first.js";\nimport { second } from "./second.js";\nsecond();\n',
    "js/first.js": "// first\n",
    "js/second.js": "export const second = () => {};\n",
    "package/js/ext.js": "// import './core' before this one\n",
}


@pytest.fixture
def collected(tmp_path: Path, settings: Any) -> Path:
    for name, text in FILES.items():
        (tmp_path / "from" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "from" / name).write_text(text)
    settings.STATICFILES_DIRS = [tmp_path / "from"]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "to"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "taperplanner.static_files.NamedByContent"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path / "to"


def test_a_script_imports_the_files_that_its_page_would_ask_for(collected: Path) -> None:
    text = (collected / staticfiles_storage.stored_name("js/page.js")).read_text()
    first, second = (
        Path(staticfiles_storage.stored_name(f"js/{name}.js")).name for name in ("first", "second")
    )
    assert first != "first.js"
    assert text == f'import "./{first}";\nimport {{ second }} from "./{second}";\nsecond();\n'


def test_what_a_package_says_in_a_comment_is_no_import(collected: Path) -> None:
    text = (collected / staticfiles_storage.stored_name("package/js/ext.js")).read_text()
    assert text == FILES["package/js/ext.js"]


def test_a_browser_keeps_what_is_named_by_its_content_for_ever_and_nothing_else(
    collected: Path, settings: Any
) -> None:
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = False
    server = WhiteNoiseMiddleware(lambda _: HttpResponse(status=HTTPStatus.NOT_FOUND))

    def kept(name: str) -> str:
        answer = server(RequestFactory().head(f"/{settings.STATIC_URL.strip('/')}/{name}"))
        assert answer.status_code == HTTPStatus.OK
        return str(answer["Cache-Control"])

    assert kept(staticfiles_storage.stored_name("js/page.js")) == "max-age=315360000, public, immutable"
    assert kept("js/page.js") == "max-age=60, public"
