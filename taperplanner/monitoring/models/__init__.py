"""Follow-ups, which are worked on until they are settled."""

from .follow_ups import FollowUp, Status

__all__ = ["FollowUp", "Status"]
