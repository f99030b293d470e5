"""What can be done: to follow-ups, check-ins and emergencies, each in a module of its own."""
