"""Who asks, and for which clinic.

One person has one login at one clinic, with one or more roles. What a role may do stands in one
table (`permissions.py`). The middleware sets `request.clinic` afresh on every request, and every
look-up of anything starts there.
"""
