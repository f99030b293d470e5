"""The keys by which patients are found: what they are is said in `names`, `search_keys` and `list_keys`."""

from __future__ import annotations

from django.db import models

from taperplanner.accounts.models import Clinic


class SearchKey(models.Model):
    """A key a patient is found under. Rewritten by the action that names the patient."""

    patient = models.ForeignKey("patients.Patient", on_delete=models.CASCADE, related_name="search_keys")
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="+")
    key = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["clinic", "key", "patient"], name="search_key_range")]

    def __str__(self) -> str:
        return bytes(self.key).decode(errors="ignore")
