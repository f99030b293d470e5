"""Which one it is, asked where a medicine's name is a word for a group of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BoundField

from taperplanner.fields import KeptAsTyped

from ..vocabulary.groups import Group, groups_in


class AsksWhich(forms.Form):
    """A form with a `name`. It has a tick that nobody knows which one; what the record says already is ticked."""

    groups: list[Group]

    def ask_which(self, typed: str) -> None:
        self.groups = groups_in(typed)
        if not self.groups:
            return
        found = " and ".join(f"“{group.found}”" for group in self.groups)
        tick = self.fields[self._keeps] = KeptAsTyped(self.groups)
        tick.required, tick.label = False, f"Nobody knows which one: keep {found}"
        self.initial.setdefault(self._keeps, typed == self.initial.get("name"))

    @property
    def which_one(self) -> str:
        return " ".join(group.sentence for group in self.groups)

    @property
    def keeps_group(self) -> BoundField:
        return self[self._keeps]

    def clean_which(self, cleaned: dict[str, Any]) -> None:
        if self.groups and not cleaned.get(self._keeps):
            self.add_error(self._keeps, "Type the name of the one, or tick that nobody knows which one.")

    @property
    def _keeps(self) -> str:
        """A tick belongs to the words that it was given for."""
        return "-".join(["which", *(group.found.replace(" ", "-") for group in self.groups)])
