"""Parts of the check-in's form: a section that opens and closes without a script, and a question whose answer can
be a sign of danger."""

from __future__ import annotations

from typing import Any

from crispy_forms.bootstrap import InlineRadios
from crispy_forms.layout import HTML, Div


def shows_danger(name: str, kind: str) -> Any:
    """What to do stands right below the question, once a sign is ticked.

    `kind`: a key of `help_by_kind`, which the page holds as `help_by_kind`.
    """
    act_now = f'{{% include "monitoring/_act_now.html" with help=help_by_kind.{kind} only %}}'
    return Div(InlineRadios(name), HTML(act_now), css_class=f"asks-danger asks-danger-{kind}")
