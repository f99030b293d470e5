"""A synthetic clinic to try the product with. Nobody in it is real."""
