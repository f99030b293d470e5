"""The list of everything a patient takes: added to, edited, stopped, and reviewed with the patient."""
