"""The person, and everything they take.

A patient belongs to one clinic. Safety facts are answered yes, no or unknown, and what was never
answered shows as a gap. The medication list holds prescriptions, over-the-counter medicines,
supplements, alcohol and other substances; the vocabulary files each under its class.
"""
