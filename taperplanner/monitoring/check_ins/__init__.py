"""Contacts that took place: what was asked and answered, how they are corrected, and that no danger sign is lost."""
