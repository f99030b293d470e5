"""The parts that pages are put together from, as tags that every template has without loading them.

Each is drawn by a template of templates/components/, whose first line says what it takes. A part with markup
in its title or beside it takes that as a slot: `{% slot as links %}…{% endslot %}` and then `links=links`.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BaseForm
from django.template import Context
from django.template.loader import render_to_string

from .error_summary import faults_in
from .foldable import Foldable

register = template.Library()


@register.simple_block_tag
def slot(content: str) -> str:
    return content


@register.simple_block_tag
def panel(
    content: str, key: str, title: str, *, number: str = "", links: str = "", kind: str = "", anchor: str = ""
) -> str:
    """A box of a page with the heading that names it."""
    name = f"{key}-title-{number}" if number else f"{key}-title"
    parts = {"content": content, "name": name, "title": title, "kind": kind, "anchor": anchor}
    return render_to_string("components/_panel.html", parts | _links(links))


@register.simple_block_tag(takes_context=True)
def folding_panel(context: Context, content: str, key: Foldable, title: str, *, links: str = "") -> str:
    """A panel that whoever reads it can fold, and that stays so for them on every page that has it. For what was said
    once and is read seldom: never for what may hold a warning."""
    is_folded = Foldable(key) in context["request"].user.folded
    parts = {"content": content, "key": key, "title": title, "is_folded": is_folded}
    return render_to_string("components/_folding_panel.html", parts | _links(links))


def _links(links: str) -> dict[str, str]:
    """A slot may have come to nothing."""
    return {"links": links} if links and not links.isspace() else {}


@register.simple_block_tag
def nothing_here(content: str) -> str:
    """What stands where a list has nothing in it."""
    return render_to_string("components/_nothing_here.html", {"content": content})


@register.simple_block_tag
def folding_table(content: str, label: str, *, kind: str = "") -> str:
    """A table of which each row is a card on a phone: each `td` names its column in `data-label`."""
    return render_to_string(
        "components/_folding_table.html", {"content": content, "label": label, "kind": kind}
    )


@register.inclusion_tag("components/_error_summary.html", takes_context=True)
def error_summary(context: Context, *, has_cursor: bool = True) -> dict[str, Any]:
    """What is wrong with the forms of the page, at its top, with the cursor on it unless something else comes first."""
    return {"faults": faults_in(context.flatten()), "has_cursor": has_cursor}


@register.filter
def is_summed_up(form: BaseForm) -> bool:
    return getattr(form, "is_summed_up", False)


@register.simple_tag(takes_context=True)
def error_mark(context: Context) -> str:
    """For the title of the page, which is what is read first, and stands in the tab."""
    return "Error: " if faults_in(context.flatten()) else ""
