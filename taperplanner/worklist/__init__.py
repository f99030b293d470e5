"""Who needs a look today: the clinic's open plans, read once, and the sections of the first page.

`caseload` reads, `sections` is where this room and rooms above register what stands on the page, and
`plans` and `contacts` are this room's own sections. A look at forty plans asks as often as at three.
"""
