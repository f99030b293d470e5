"""Counts over all plans of a clinic between two days, for its own quality work; on a page and as a CSV file. What
was recorded at reviews is counted over the plans that are open today, on the page."""
