"""How much longer the product takes than the least that could be done, and whether that grows with the clinic."""
