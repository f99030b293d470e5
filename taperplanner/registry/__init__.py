"""The clinic's own quality work: what became of its plans between two days, and whether follow-ups were on time."""
