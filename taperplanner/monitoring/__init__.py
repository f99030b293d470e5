"""How it goes: follow-ups, check-ins, and one picture of plan, reality and symptoms."""
