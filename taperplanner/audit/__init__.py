"""What was done, by whom, when.

Every action and every page that shows a patient ends in one `log.record(…)`, in the same
transaction as what it tells. Events are append-only. They name things by id and number, so that
the log itself holds no dose and no free text of a patient's record.
"""
