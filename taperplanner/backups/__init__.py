"""The database in one file, and back again.

A backup is what the database said at one moment, with a manifest of what must be found in it. It is opened again from
what was written, and the whole of the evidence in it is read, when it is made and when it is restored. A restore goes
into a place where nothing is.
"""
