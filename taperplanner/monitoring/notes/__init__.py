"""Notes on a patient: plain text with its date and its author, that changes nothing else."""
