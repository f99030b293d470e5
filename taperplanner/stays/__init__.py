"""A patient in a hospital or another facility: that they are there, that they left it, and what a provider decides then.

A *stay* is of the patient, since somebody who is away is away with every plan. While the facility gives the medicine no
paper for home is printed; once the patient has left, none is before a provider has signed a version or recorded that the
schedule goes on as signed. Nothing here goes on by itself. `rule` is the one answer to all of that; `ward_paper` is the
record that goes with the patient. What was taken there is words, and never becomes a dose.
"""
