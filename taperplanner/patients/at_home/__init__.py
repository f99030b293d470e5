"""Who helps a patient at home, what they may be told, and whether they stand on the patient's paper."""
