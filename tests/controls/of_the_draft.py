"""Of what is typed: amounts that stay whole, products put right, liquids, and what was pasted."""

from __future__ import annotations

from typing import Final

from .control import Control

CONTROLS: Final = (
    Control(
        "H6",
        "each amount of each page is marked as it leaves",
        "taperplanner/settings.py",
        '    "taperplanner.unbroken.unbroken_amounts",',
        "",
        "tests/test_unbroken.py",
    ),
    Control(
        "H6",
        "an amount that is marked is not broken over two lines",
        "static/css/app.css",
        ".amount { white-space: nowrap; }",
        ".amount { white-space: normal; }",
        "tests/browser/test_unbroken.py",
    ),
    Control(
        "H6",
        "a cell is as wide as the number in it",
        "static/css/tapers.css",
        "field-sizing: content; width: auto;",
        "",
        "tests/browser/test_unbroken.py",
    ),
    Control(
        "H6",
        "a liquid comes back from a signed version as a decimal",
        "taperplanner/tapers/schedule/schedule.py",
        "return str(quantity) if self.form.unit is Unit.TABLET else quantity.number",
        "return str(quantity)",
        "tests/tapers/test_liquids.py",
    ),
    Control(
        "H6",
        "a liquid is refused as a fraction",
        "taperplanner/tapers/draft/quantities.py",
        "    if _FRACTION.search(text):",
        "    if False:",
        "tests/tapers/test_problems.py -k liquid",
    ),
    Control(
        "H13",
        "what a tablet may be split into is held against every quantity of it",
        "taperplanner/tapers/draft/product_problems.py",
        "if not use[1].quantity.is_multiple_of(product.smallest_part)]",
        "if False]",
        "tests/tapers/test_problems.py -k blocker",
    ),
    Control(
        "H16",
        "a carried regimen is known by its value, however it is spelled",
        "taperplanner/tapers/draft/revising.py",
        "same = (one for one in course.steps() if regimen == _regimens(one.dated.step))",
        "same = (one for one in course.steps() if False)",
        "tests/tapers/test_liquids.py",
    ),
    Control(
        "H16",
        "a carried step is confirmed again once its product was corrected",
        "taperplanner/tapers/draft/typed.py",
        "return replace(self, confirmed=False) if takes else self",
        "return self",
        "tests/tapers/test_products.py",
    ),
    Control(
        "H22",
        "a product is not corrected once a version is signed with it",
        "taperplanner/tapers/actions/products.py",
        "    if current.number in plan.signed_products():",
        "    if False:",
        "tests/tapers/test_products.py",
    ),
    Control(
        "H22",
        "a signature that was begun before a correction signs nothing",
        "taperplanner/tapers/actions/products.py",
        "    draft.revision += 1\n",
        "",
        "tests/tapers/test_products.py",
    ),
    Control(
        "H8",
        "the same product twice is asked about before it is kept",
        "taperplanner/tapers/actions/products.py",
        "    if same and not is_another:",
        "    if False:",
        "tests/tapers/test_products.py",
    ),
    Control(
        "H41",
        "a row of headings is no step",
        "static/js/pasted.js",
        "rows.length > 1 && isHeading(rows[0]) ? rows.shift() : null",
        "null",
        "tests/journeys/test_pasting.py",
    ),
    Control(
        "H41",
        "a decimal comma is not taken for the end of a cell",
        "static/js/pasted.js",
        "(width >= FEWEST_WITH_COMMAS ||",
        "(true ||",
        "tests/journeys/test_pasting.py",
    ),
    Control(
        "H41",
        "what was typed after a paste is not undone with it",
        "static/js/pasting.js",
        "changes.filter(({ cell, after }) => cell.value === after);",
        "changes.slice();",
        "tests/journeys/test_pasting.py",
    ),
)
