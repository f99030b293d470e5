"""The paper: what a patient takes home, made from a signed version and fixed, cited text alone.

A draft has a preview that says DRAFT on every page and carries no signature.
"""
