"""`@with_protocol`: the note of the address, if it is the asker's clinic's."""

from __future__ import annotations

from taperplanner.accounts.decorators import FromClinic, row_of_clinic

from .models import Protocol

with_protocol: FromClinic[Protocol] = row_of_clinic(lambda clinic: clinic.protocols, named="protocol_id")
