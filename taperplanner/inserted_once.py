"""The class of rows that are inserted once: it refuses to change them, and tells of each at its birth."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar, NoReturn, TypeVar

from django.db import models

from .row_digests import Leaf, born_here, leaf_of

Row_co = TypeVar("Row_co", bound=models.Model, covariant=True)


class NeverChanges(Exception):
    """Something tried to change or delete an append-only row."""


class AppendOnlyQuerySet(models.QuerySet[Row_co]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise NeverChanges(self.model.__name__)

    def delete(self) -> NoReturn:
        raise NeverChanges(self.model.__name__)

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise NeverChanges(self.model.__name__)

    def update_or_create(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise NeverChanges(self.model.__name__)

    def select_for_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        """PostgreSQL locks a row only for whom may change it, and nobody may: lock a row that it hangs on."""
        raise NeverChanges(self.model.__name__)

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list[Row_co]:
        if kwargs.get("update_conflicts"):
            raise NeverChanges(self.model.__name__)
        model: type[InsertedOnce] = self.model  # type: ignore[assignment]
        born = model.births()
        rows = super().bulk_create(objs, *args, **kwargs)
        born.extend(leaf_of(row, model.sealed_by) for row in rows)
        return rows

    def _raw_delete(self, using: str | None) -> NoReturn:
        """Django's own way to delete without collecting what hangs on the rows."""
        raise NeverChanges(self.model.__name__)


class InsertedOnce(models.Model):
    """A row that is inserted once. `sealed_by` names the parent that is written last.

    An event of the transaction that writes it names it, with its digest.
    """

    sealed_by: ClassVar[str] = ""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def births(cls) -> list[Leaf]:
        """Where rows about to be written are told of. Raises: NotAudited."""
        return born_here(cls)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise NeverChanges(type(self).__name__)
        kwargs["force_insert"] = True
        born = self.births()
        super().save(*args, **kwargs)
        born.append(leaf_of(self, self.sealed_by))

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise NeverChanges(type(self).__name__)


class AppendOnly(InsertedOnce):
    """With a key of ours."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True
