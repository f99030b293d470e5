"""A check-in as it is being typed: kept until it is recorded, one person's own, and never taken for a check-in."""
