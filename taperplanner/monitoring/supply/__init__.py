"""What was dispensed and counted, against what the signed schedule takes."""
