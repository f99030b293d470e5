"""One chart of a taper: what was planned, what was reported, what happened, symptoms and scores."""
