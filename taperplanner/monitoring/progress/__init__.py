"""All of it about one plan, on one page, and on the patient’s page."""
