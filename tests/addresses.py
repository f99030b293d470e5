"""Every address of the product, walked out of the URLconf, so that a new one cannot be forgotten."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from taperplanner.accounts.permissions import Permission

View = Callable[..., Any]


@dataclass(frozen=True)
class Address:
    """One pattern: its name as `reverse` takes it, the names of its kwargs, and its view."""

    name: str
    kwargs: tuple[str, ...]
    view: View

    def url(self, values: dict[str, Any]) -> str:
        return reverse(self.name, kwargs={name: values[name] for name in self.kwargs})

    @property
    def permission(self) -> Permission | None:
        """What `@requires` says, however deep it is wrapped."""
        view: Any = self.view
        while view is not None:
            if "permission" in vars(view):
                return Permission(view.permission)
            view = getattr(view, "__wrapped__", None)
        return None

    @property
    def is_for_anybody(self) -> bool:
        """Django's `login_not_required`."""
        return getattr(self.view, "login_required", True) is False


def addresses() -> list[Address]:
    return list(_walk(get_resolver().url_patterns, "", ()))


def _walk(
    patterns: list[URLPattern | URLResolver], namespace: str, outer: tuple[str, ...]
) -> Iterator[Address]:
    for pattern in patterns:
        kwargs = (*outer, *_kwargs_of(pattern))
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, inner, kwargs)
        else:
            yield Address(f"{namespace}{pattern.name}", kwargs, pattern.callback)


def _kwargs_of(pattern: URLPattern | URLResolver) -> tuple[str, ...]:
    regex: Any = pattern.pattern.regex
    return tuple(regex.groupindex)
