"""Whether the database still is what the models made of it, as far as rows go that never change.

A trigger refuses only what comes to its table. A view under the table's name, a rule, another trigger or a policy can
send a row elsewhere or change it before ours is asked, and a constraint that is gone lets in what the product would
refuse. So the whole catalogue of those tables is read back, and whatever the product did not make is named.
"""
