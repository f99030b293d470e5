"""Each amount of a page is put into an element that is never broken; nothing else of the page is touched."""

from __future__ import annotations

import re

import pytest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from hypothesis import given
from hypothesis import strategies as st

from taperplanner import settings as product
from taperplanner.unbroken import unbroken, unbroken_amounts


def kept(amount: str) -> str:
    return f'<span class="amount">{amount}</span>'


@pytest.mark.parametrize(
    "amount",
    [
        "0.5 mg", "1.4125 mg", "0.1 mg/mL", "½ tablet", "1½ tablets", "1 1/2 tablets", "1/2 tab", "2.5 mL",
        "14 days", "1 day", "25 %", "33.3 %", "12\N{NO-BREAK SPACE}mg", "0.5\n      mg", "100 mcg",
    ],
)  # fmt: skip
def test_a_number_and_its_unit_are_one(amount: str) -> None:
    assert unbroken(f"<p>Take {amount} at night, ({amount}).</p>") == (
        f"<p>Take {kept(amount)} at night, ({kept(amount)}).</p>"
    )


@pytest.mark.parametrize(
    "page",
    [
        "<p>82af7cc, JB5MG, step 5, 5 people, $5 got, 2026</p>",
        '<input value="0.5 mg" aria-label="Step 1, morning, 0.5 mg">',
        "<a title='takes > 0.5 mg'>more</a>",
        '<textarea name="note">0.5 mg</textarea>',
        "<title>0.5 mg</title>",
        "<select><option>0.5 mg</option></select>",
        '<svg><text x="1">0.5 mg</text></svg>',
        "<script>const text = '0.5 mg';</script>",
        "<!-- 0.5 mg -->",
    ],
)
def test_what_is_no_amount_of_the_pages_text_stays_as_it_is(page: str) -> None:
    assert unbroken(page) == page


@given(st.text(st.sampled_from("01½.,/ <>\"'=abmgLtable%\N{NO-BREAK SPACE}\n"), max_size=60))
def test_a_page_says_the_same_as_before(page: str) -> None:
    assert re.sub(r'<span class="amount">|</span>', "", unbroken(page)) == page


def answered(response: HttpResponse | StreamingHttpResponse) -> HttpResponse:
    return unbroken_amounts(lambda _: response)(HttpRequest())  # type: ignore[arg-type,return-value]


def test_every_page_is_answered_so_and_nothing_else_is() -> None:
    assert answered(HttpResponse("<p>0.5 mg</p>")).content.decode() == f"<p>{kept('0.5 mg')}</p>"
    for kind in ("text/plain", "application/json", "text/csv", "application/pdf"):
        assert answered(HttpResponse("0.5 mg", content_type=kind)).content == b"0.5 mg"
    streamed = StreamingHttpResponse(iter([b"0.5 mg"]))
    assert answered(streamed) is streamed


def test_pages_leave_the_product_so() -> None:
    marks = product.MIDDLEWARE.index("taperplanner.unbroken.unbroken_amounts")
    assert marks > product.MIDDLEWARE.index("django.middleware.common.CommonMiddleware")
