"""The plan: what the provider typed, what is wrong with it, and what was signed.

A plan tapers one medication record of one patient. Imports between the packages point down:

    views, forms    pages
    actions         what can be done; the only writers
    draft           what was typed (`typed`), parsed without guessing (`parsed`), and its problems (`problems`)
    signed          versions read back and verified against their hash; who may be the second to check one
    wording         schedules in sentences and in the lines of a page
    models          the plan and its draft; versions, whose rows never change
    schedule        dates, sums, and which version is in force on a day: plain data, no database

No dose, quantity or day comes from anywhere but a typed field.
"""
