"""One sentence about a patient, from one colleague to another, or to any provider.

A *flag* stands on the worklist of whom it is for until it is done, and is read on the patient's page ever after. Its
sentence never changes; that it was seen and that it is done are rows of their own. `readers` is the one rule of who is
to read which. It is no record of care: it holds no dose, and nothing here computes anything of it.
"""
