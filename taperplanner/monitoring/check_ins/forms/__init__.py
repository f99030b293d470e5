"""The check-in’s form, in parts: symptoms, scores, what was taken."""
