"""What is to be seen to from which day on, so that nobody reads a whole caseload to find the few who are due.

    records (plans, versions, supply, reviews, lists) -> lines: plan, kind, day -> a range of a clinic's lines -> pages

A *line* is an index and no more: it says which plan to look at, and what a page then says is read from the records
themselves. Lines are derived: `lines` gives those of an open plan, `writing` keeps them, in the transaction of whatever
was recorded, and `manage.py rebuild_day_book` writes all anew and names what differed. No line depends on today or on
a time zone, so none is wrong for having waited.
"""
