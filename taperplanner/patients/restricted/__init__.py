"""Records that are open to some people of the clinic alone, and how anybody else opens one in an emergency."""
