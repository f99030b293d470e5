"""What belongs to somebody who left, was deactivated or is on leave, given to somebody who is here."""
