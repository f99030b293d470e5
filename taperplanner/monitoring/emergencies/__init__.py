"""What a danger sign raises: guidance and phone numbers, what was done, and its end."""
