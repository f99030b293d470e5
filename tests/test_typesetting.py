"""What a person typed reaches paper as it was typed, in any script, and never as code."""

from __future__ import annotations

import io
import re
import unicodedata
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from pypdf import PdfReader

from taperplanner import typesetting
from taperplanner.typesetting import CannotTypeset, TakesTooLong, pdf, pictures

from .proof.letters import read_file

DESCRIPTION = """
#import "/components/paper.typ": data, lettered
#set document(title: "Test")
#show: lettered
#data.typed
"""
PAGES = """
#import "/components/paper.typ": data, lettered
#set document(title: "Test")
#show: lettered
#for typed in data.typed { page(typed) }
"""
WIDTHS = """
#import "/components/paper.typ": data, lettered
#set document(title: "Test")
#show: lettered
#context {
  let lost = data.typed.filter(cluster => measure(cluster).width < 1pt)
  if lost.len() == 0 [None is lost.] else [#lost.len() lost, the first is #lost.first().codepoints().join(" ")]
}
"""


@pytest.fixture(scope="module")
def description(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A page that prints what it is given, laid beside a copy of what every paper shares."""
    folder = tmp_path_factory.mktemp("project")
    components = folder / "templates" / "components"
    components.mkdir(parents=True)
    components.joinpath("paper.typ").write_text(
        Path(settings.BASE_DIR, "templates/components/paper.typ").read_text()
    )
    folder.joinpath("templates/test.typ").write_text(DESCRIPTION)
    folder.joinpath("templates/pages.typ").write_text(PAGES)
    folder.joinpath("templates/widths.typ").write_text(WIDTHS)
    return str(folder)


@pytest.fixture(autouse=True)
def _in_that_folder(description: str, settings: object) -> None:
    settings.BASE_DIR = description  # type: ignore[attr-defined]


def printed(typed: str) -> str:
    return " ".join(" ".join(pages_of(pdf("test.typ", {"typed": typed}))).split())


def pages_of(paper: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages]


HOSTILE = [
    "#eval(\"1 + 1\")",
    "#read(\"/etc/passwd\")",
    "$x^2$ *bold* _italic_ `code`",
    "= Heading",
    "=1+1",
    "<script>alert(1)</script>",
    "\\u{41} \\ // comment /* comment */",
    "#import \"@preview/cetz:0.3.0\"",
    "{{ dose }} {% if %}",
]  # fmt: skip


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_looks_like_code_prints_as_text(typed: str) -> None:
    assert printed(typed) == typed


@pytest.mark.parametrize(
    "name",
    [
        "Ana Rivera",
        "Željko Nguyễn Ψωμιά Иван",
        "王小明",
        "김철수",
        "山田太郎",
        "ไทยแลนด์",
        "שלום",
        "عبد الرحمن",
        "प्रिया",
        "გიორგი ბერიძე",
        "Արամ Հակոբյան",
        "አበበ በቀለ",
        "রহিম উদ্দিন",
        "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ",
        "પ્રિયા",
        "ପ୍ରିୟା",
        "பிரியா",
        "ప్రియ",
        "ಪ್ರಿಯಾ",
        "പ്രിയ",
        "ප්‍රියා",
        "ປຣີຍາ",
        "ပရိယာ",
        "ប្រីយ៉ា",
        "𠮷野",
        "Ana 😀",
    ],
)
def test_a_name_in_any_of_these_scripts_has_a_glyph(name: str) -> None:
    assert pdf("test.typ", {"typed": name}).startswith(b"%PDF-")


MARKS = [chr(code) for code in (*range(0x300, 0x30D), *range(0x323, 0x332))]
LETTERS = [
    letter
    for letter in map(
        chr, (*range(0x41, 0x250), *range(0x1E00, 0x1F00), *range(0x391, 0x3CA), *range(0x400, 0x530))
    )
    if unicodedata.category(letter)[0] == "L"
]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_no_letter_is_lost_under_a_mark(form: str) -> None:
    """Such as the "Ẹ̀" of a Yoruba name: the first family of the paper has the mark, and not the letter."""
    clusters = sorted({unicodedata.normalize(form, letter + mark) for letter in LETTERS for mark in MARKS})
    read = read_file(pdf("widths.typ", {"typed": clusters}))
    assert read.pages == ("None is lost.",)


def test_a_letter_that_no_family_has_together_with_its_mark_is_refused() -> None:
    with pytest.raises(CannotTypeset) as refused:
        pdf("test.typ", {"typed": "x अ॑ y"})
    assert refused.value.characters == ("अ॑",)


def test_a_character_that_no_font_has_is_refused_by_name() -> None:
    with pytest.raises(CannotTypeset) as refused:
        pdf("test.typ", {"typed": "one ཀ two ཀ ཁ"})
    assert refused.value.characters == ("ཀ", "ཁ")
    assert "U+0F40" in str(refused.value)
    with pytest.raises(CannotTypeset):
        pictures("test.typ", {"typed": "ཀ"})


def test_a_picture_of_each_page() -> None:
    typed = "A line of words. " * 500
    pages = pictures("test.typ", {"typed": typed}, dots_per_inch=24)
    assert len(pages) == len(PdfReader(io.BytesIO(pdf("test.typ", {"typed": typed}))).pages) > 1
    assert all(page.startswith(b"\x89PNG") for page in pages)


def test_a_paper_says_that_it_is_tagged_for_everybody() -> None:
    catalog = PdfReader(io.BytesIO(pdf("test.typ", {"typed": "x"}))).root_object
    assert catalog["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert b"pdfuaid:part" in catalog["/Metadata"].get_data()  # type: ignore[union-attr]


plain = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=40)


@examples(max_examples=examples().max_examples // 20)
@given(st.lists(plain, min_size=20, max_size=20))
def test_any_plain_text_comes_back_as_it_was_typed(typed: list[str]) -> None:
    """Twenty on a paper, each on a page of its own."""
    assert [re.sub(r"\s", "", page) for page in pages_of(pdf("pages.typ", {"typed": typed}))] == typed


def test_a_paper_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "LONGEST_SECONDS", 0)
    with pytest.raises(TakesTooLong):
        pdf("test.typ", {"typed": "x"})


def test_what_is_set_stays_in_no_process_of_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """Typst gives back nothing of what it has set: each paper has a process that ends with it."""
    assert "typst" not in vars(typesetting)
    monkeypatch.setattr(typesetting, "SETS_ONE", Path("absent.py"))
    with pytest.raises(RuntimeError, match="typst ended with 2"):
        pdf("test.typ", {"typed": "x"})


def test_a_link_would_be_seen(description: str) -> None:
    """The bytes of a file are packed: "/URI" may stand in them by chance, or not although there is a link."""
    linked = DESCRIPTION.replace("#data.typed", "#link(data.typed)[here]")
    Path(description, "templates/link.typ").write_text(linked)
    assert read_file(pdf("link.typ", {"typed": "https://clinic.example"})).annotations == 1
    assert read_file(pdf("test.typ", {"typed": "https://clinic.example"})).annotations == 0
