"""The plan: what the provider typed, what is wrong with it, and what was signed.

A plan tapers one medication record of one patient. Its draft is kept letter for letter (`typed`),
read without guessing (`reading`), and checked (`problems`). Signing turns the reading into a
version: rows that never change, under a hash (`signed`). `schedule` knows dates and sums and
nothing else. No dose, quantity or day in here comes from anywhere but a typed field.
"""
