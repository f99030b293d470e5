"""`{% once %}`: the key of a form that is taken once, beside its `{% csrf_token %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html

from ..once import NAME, key_for

register = template.Library()


@register.simple_tag(takes_context=True)
def once(context: dict[str, Any]) -> str:
    """`once_key` in the context: of a form whose page is shown anew with what was typed in it before."""
    key = context.get("once_key") or key_for(context["request"])
    return format_html('<input type="hidden" name="{}" value="{}">', NAME, key)
