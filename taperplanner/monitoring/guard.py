"""For a form in which Enter saves nothing, and which asks before it is left half typed."""

from __future__ import annotations

from typing import Final

from crispy_forms.layout import HTML

# A browser presses a form's first button at Enter; this one cannot be pressed. static/js/guarded.js finds
# the form by it.
GUARD: Final = HTML('{% include "monitoring/_guard.html" with is_bound=form.is_bound only %}')
