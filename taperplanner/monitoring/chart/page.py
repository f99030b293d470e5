"""What a page shows of a chart: two drawings, wide and narrow, and what they show in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.template.loader import render_to_string

from . import words as chart_words
from .drawing import NARROW, WIDE, Drawing, draw
from .facts import ChartFacts
from .words import ChartTableRow


@dataclass(frozen=True, slots=True)
class Chart:
    """What templates/monitoring/_chart.html takes. A narrow page shows the narrow drawing, any other the wide."""

    title: str
    description: str
    cautions: tuple[str, ...]
    rows: tuple[ChartTableRow, ...]
    medicines_title: str
    medicines: tuple[str, ...]
    wide: Drawing
    narrow: Drawing
    is_empty: bool


def chart_of(facts: ChartFacts) -> Chart:
    return Chart(
        title=chart_words.title(facts),
        description=chart_words.description(facts),
        cautions=chart_words.cautions(facts),
        rows=chart_words.rows(facts),
        medicines_title=chart_words.MEDICINES,
        medicines=chart_words.medicines(facts),
        wide=draw(facts, WIDE),
        narrow=draw(facts, NARROW),
        is_empty=facts.is_empty,
    )


def svg(shown: Chart) -> str:
    """The wide drawing as a file of its own, drawn by the same template as the page's."""
    return render_to_string(
        "monitoring/_chart_svg.html",
        {"drawing": shown.wide, "title": shown.title, "description": shown.description},
    )
