"""A liquid's strength as its label has it, and the format that it is signed in."""

from __future__ import annotations

from typing import Final

from .control import Control

CONTROLS: Final = (
    Control(
        "H57",
        "a label that does not come out exactly in one mL is refused",
        "taperplanner/label_strength.py",
        "    if label.amount.nanograms % label.volume.thousandths and not label.is_of_one_ml:",
        "    if False:",
        "tests/test_label_strength.py",
    ),
    Control(
        "H57",
        "the label stands beside the strength in one mL wherever the product is named",
        "taperplanner/tapers/schedule/schedule.py",
        'return f"{self.label} ({in_one_ml})" if self.label else in_one_ml',
        "return in_one_ml",
        "tests/tapers/test_labels.py",
    ),
    Control(
        "H57",
        "signing reads the label back beside what it comes to",
        "taperplanner/tapers/wording/sentences.py",
        "sentences = [_of_liquid(product, names[product.number]) for product in liquids]",
        "sentences: list[Sentence] = []",
        "tests/tapers/test_labels.py -k reads_back",
    ),
    Control(
        "H57",
        "no tablet has a volume",
        "taperplanner/tapers/forms/products.py",
        "if form is not None and form.unit is Unit.TABLET and self._label():",
        "if False:",
        "tests/tapers/test_labels.py -k cannot_be",
    ),
    Control(
        "H57",
        "the database holds no label that comes to another strength",
        "taperplanner/tapers/migrations/0010_strength_as_labelled.py",
        "models.Value(1000)), django.db.models.expressions.CombinedExpression(models.F('strength_nanograms'), '*', models.F('label_thousandths'))",
        "models.Value(1000)), django.db.models.expressions.CombinedExpression(models.F('label_nanograms'), '*', models.Value(1000))",
        "tests/tapers/test_labels.py -k database",
    ),
    Control(
        "H57",
        "the label of a product is under the hash",
        "taperplanner/tapers/signed/content.py",
        "columns.append([product.label.amount.nanograms, product.label.volume.thousandths])",
        "pass",
        "tests/tapers/test_signed_formats.py",
    ),
    Control(
        "H58",
        "the format is written only where something of it is used",
        "taperplanner/tapers/signed/content.py",
        '**({"format": 2} if self.uses_format_2 else {}),',
        '"format": 2,',
        "tests/tapers/test_signed_formats.py",
    ),
    Control(
        "H57",
        "a number alone is no strength of a liquid",
        "taperplanner/tapers/forms/products.py",
        'elif data.get("form") in {Form.LIQUID, Form.DROPS} and isinstance(data.get("strength"), Dose):',
        "elif False:",
        "tests/tapers/test_labels.py",
    ),
)
