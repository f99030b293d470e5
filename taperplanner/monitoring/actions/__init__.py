"""What can be done: to follow-ups (`follow_ups`)."""
