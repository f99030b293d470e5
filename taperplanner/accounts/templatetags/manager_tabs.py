"""`{% manager_tabs as tabs %}`: what rooms above add to a manager's pages."""

from __future__ import annotations

from typing import Any

from django import template

from .. import manager_tabs as registered

register = template.Library()


@register.simple_tag(takes_context=True)
def manager_tabs(context: dict[str, Any]) -> list[registered.Tab]:
    user = context["request"].user
    return [tab_of(user) for tab_of in registered.manager_tabs]
