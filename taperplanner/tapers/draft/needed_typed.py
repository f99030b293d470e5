"""The dose as needed of a draft as it was typed, character for character, valid or not.

Shape of its JSON: {"product", "quantity", "dose", "times", "when", "carried", "confirmed", "removed"}. Each value is the
text that was typed, but for three: `carried` is the number of the signed version that it was carried over from (0: of
none), `confirmed` whether the provider confirmed it, and `removed` whether it was taken out, to be put back as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

PREFIX: Final = "needed-"
TEXTS: Final = ("product", "quantity", "dose", "times", "when")


@dataclass(frozen=True, slots=True)
class TypedNeeded:
    """`product`: the number of the product that was chosen."""

    product: str = ""
    quantity: str = ""
    dose: str = ""
    times: str = ""
    when: str = ""
    carried: int = 0
    confirmed: bool = False
    is_removed: bool = False

    @property
    def is_blank(self) -> bool:
        return not any(text.strip() for text in self.texts.values())

    @property
    def is_used(self) -> bool:
        return not self.is_removed and not self.is_blank

    @property
    def texts(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in TEXTS}

    def unconfirmed(self) -> TypedNeeded:
        return replace(self, confirmed=False)

    def unconfirmed_of(self, product: int) -> TypedNeeded:
        return self.unconfirmed() if self.product.strip() == str(product) else self

    def as_json(self) -> dict[str, Any]:
        return {
            **self.texts,
            "carried": self.carried,
            "confirmed": self.confirmed,
            "removed": self.is_removed,
        }


NOTHING: Final = TypedNeeded()


def needed_from_json(content: Mapping[str, Any] | None) -> TypedNeeded:
    if not content:
        return NOTHING
    return TypedNeeded(
        **{name: content[name] for name in TEXTS},
        carried=content["carried"],
        confirmed=content["confirmed"],
        is_removed=content["removed"],
    )


def needed_from_post(
    post: Mapping[str, str], stored: TypedNeeded, storable: Callable[[str], str]
) -> TypedNeeded:
    """As the browser sent it. One that was removed has no cells on the page, and stays as it was stored."""
    if not any(PREFIX + name in post for name in TEXTS):
        return stored
    typed = {name: storable(post.get(PREFIX + name, "")) for name in TEXTS}
    return TypedNeeded(
        typed["product"],
        typed["quantity"],
        typed["dose"],
        typed["times"],
        typed["when"],
        carried=stored.carried,
        confirmed=PREFIX + "confirmed" in post,
    )
