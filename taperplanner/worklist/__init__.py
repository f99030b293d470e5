"""Who needs attention today: the clinic's open plans, read once, and the sections of the first page.

`caseload` reads, `sections` is where this room and rooms above register what the page shows, and
`plans`, `contacts`, `flags`, `holds`, `stays` and `reviews` are this room's own sections. The number of queries does not grow with the number of plans.
"""
