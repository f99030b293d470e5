"""Whether the audit log, and every row that never changes, is what was written. `evidence.py` walks all of it."""
