"""Drops: both labels, whole drops, and what one drop holds."""

from __future__ import annotations

from typing import Final

from .control import Control

CONTROLS: Final = (
    Control(
        "H69",
        "a drop that is no whole number of nanograms is refused",
        "taperplanner/label_strength.py",
        "        if rest:\n            raise NotAnAmount(_INEXACT_DROP)",
        "        if False:\n            raise NotAnAmount(_INEXACT_DROP)",
        "tests/test_label_strength.py -k drops",
    ),
    Control(
        "H69",
        "nothing is kept before both labels were read back, and a tick belongs to them alone",
        "taperplanner/tapers/forms/products.py",
        'if self.cleaned_data.get("read_back") != said:',
        'if not self.cleaned_data.get("read_back"):',
        "tests/tapers/test_drops.py -k tick",
    ),
    Control(
        "H69",
        "drops per mL are of drops only",
        "taperplanner/tapers/forms/products.py",
        'if form is not Form.DROPS and data.get("drops_per_ml"):',
        "if False:",
        "tests/tapers/test_drops.py -k cannot_be",
    ),
    Control(
        "H69",
        "part of a drop is refused",
        "taperplanner/tapers/draft/typed.py",
        'if _FRACTION.search(text) or "." in text:',
        "if False:",
        "tests/tapers/test_drops.py -k part_of_a_drop",
    ),
    Control(
        "H69",
        "both labels stand wherever drops are named",
        "taperplanner/tapers/schedule/schedule.py",
        'return f"{label} ({self.strength} a drop, {self.drops_per_ml} drops in one mL)"',
        'return f"{self.strength} a drop"',
        "tests/tapers/test_drops_shown.py -k shows_both",
    ),
    Control(
        "H69",
        "signing reads both labels back",
        "taperplanner/tapers/wording/sentences.py",
        "        return _of_drops(product, name)",
        '        return Sentence("The strength of the drops", name)',
        "tests/tapers/test_drops.py -k reads_back",
    ),
    Control(
        "H69",
        "mL stand beside drops only where they are exact",
        "taperplanner/tapers/schedule/schedule.py",
        "return Quantity(whole) if self.drops_per_ml and not rest else None",
        "return Quantity(whole) if self.drops_per_ml else None",
        "tests/tapers/test_drops_shown.py -k exact",
    ),
    Control(
        "H69",
        "the paper says how drops are counted",
        "taperplanner/handouts/paper/conditions.py",
        "ShownWhen.DROPS: Form.DROPS in forms,",
        "ShownWhen.DROPS: False,",
        "tests/handouts/test_texts_beside.py",
    ),
    Control(
        "H69",
        "a bottle of drops is recorded in mL",
        "taperplanner/tapers/schedule/schedule.py",
        "return typed.times(self.drops_per_ml or 1)",
        "return typed",
        "tests/monitoring/test_drops.py",
    ),
    Control(
        "H69",
        "the database holds no drops without both labels",
        "taperplanner/tapers/migrations/0014_drops_have_both_labels.py",
        "('drops_per_ml__gt', 0), ('drops_per_ml__isnull', False), ('form', 'drops'),",
        "('drops_per_ml__gt', 0), ('form', 'drops'),",
        "tests/tapers/test_drops.py -k database",
    ),
)
