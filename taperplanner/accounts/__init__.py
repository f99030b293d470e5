"""Clinics and the people who work there: who sends a request, and for which clinic.

One person has one login at one clinic, with one or more roles. What a role may do stands in one
table (`permissions.py`). The middleware sets `request.clinic` afresh on every request, and every
lookup starts there.
"""
