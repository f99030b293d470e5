"""Records that should never have been made: marked with a reason, and left out of everything."""
