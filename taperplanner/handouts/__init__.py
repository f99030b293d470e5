"""The paper: what a patient takes home, made from a signed version and fixed, cited text alone.

`handout` makes the plain data that page and PDF share; `layouts` are what staff choose from, and
`typeset` sets them. Every printed copy is a row with a code (`models`, `codes`), and whoever holds the
paper may ask whether it is current (`currentness`). A draft has a preview that says DRAFT on every page
and carries no signature.
"""
