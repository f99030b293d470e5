"""More than one machine: roles of the database, a pooler, a standby, and what a second machine would lack."""
