"""What the sources say about a drug, each paragraph with its source, standing and review date.

Words: an *entry* is one claim (a file of one to three paragraphs); its *standing* says whether the
reference document's claim was kept, kept with a correction beside it, or added from elsewhere; a
*source* is where it was read; a *document* is one drug's reference document, with what was left out
of it and why. Content is files (content/<drug>/<topic>/<slug>.md): adding a drug is adding files.
Nothing here knows a patient, a dose or a plan, and nothing here ever writes.
"""
