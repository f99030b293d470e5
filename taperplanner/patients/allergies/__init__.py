"""Allergies and intolerances: the list, who asked for it, and where a typed text names something of it."""
