"""Synthetic clinics to try the product with, of a dozen patients or of any number. Nobody in them is real."""
