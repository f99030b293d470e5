"""The paper: what a patient takes home, made from a signed version and fixed, cited text alone.

`paper` is pure: a schedule in, the plain data that page and PDF share out. `printing` loads what one paper is set
from, asks what stands in its way, and sets it. `copies` are printed papers, each with a code of its own and the file
that was handed out; whoever holds one may ask whether it is valid. `batches` print for many patients, `downtime` for
when Taper Planner cannot be reached. A draft has a preview that says DRAFT on every page and carries no signature.
"""
