"""Who looked at one patient: the report on a page and on paper, for the clinic and for a patient who asks.

Two ways in. A provider opens it from the patient. A manager, who sees no patients, types an MRN, and gets the same
report without the name: on paper too.
"""
