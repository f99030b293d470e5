"""What the sources say about a drug, each paragraph with its source, claim status and review date.

Words: an *entry* is one claim (a file of one to three paragraphs); its *claim status* says whether the
reference document's claim was kept, kept with a correction beside it, or added from elsewhere; a
*source* is where it was read; a *document* is one drug's reference document, with what was left out
of it and why; a *patient text* is one part of the paper in one language. Content is files: adding a
drug is adding files. Nothing here knows a patient, a dose or a plan, and nothing here ever writes.

    content/sources.toml                      where things were read, with address and day
    content/<drug>/<topic>/<slug>.md          entries for clinicians
    content/<drug>/left_out.toml              the reference document, and what of it is not shown
    content/paper/<key>.<language>.md         patient texts: one file for each language of each key

An entry that is corrected may say more than its lines: `completed_from` and `completed_locator` name
whence, and the note tells which is whose. `on_paper` names the patient texts that tell patients the
same. `manage.py guidance_lines` (`--csv`) prints where each line of a document stands; a room that shows
entries says so in `shown.py`.

For a reviewer. Read a file beside its sources, then put your name and two days in place of
`review = { status = "awaiting clinical review" }`:

    review = { by = "A. Reviewer, MD", on = 2026-12-01, next = 2027-12-01 }

English and Spanish are reviewed each by itself; whoever changes a text puts its status back. A body
is plain text. In a patient text, bullets ("- ") stand first, paragraphs after them, and no number but
911 and 988. `manage.py check` refuses what is unknown, empty, not translated, marked up or dose-like,
and names the file and the line. Where to read the outcome: /guidance/paper/ and /guidance/about/.
"""
