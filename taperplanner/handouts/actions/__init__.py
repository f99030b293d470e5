from .batches import CannotStartBatch, print_next, start_batch
from .copies import CannotPrint, CannotSayOutcome, print_handout, say_outcome
from .downtime import keep_papers

__all__ = [
    "CannotPrint",
    "CannotSayOutcome",
    "CannotStartBatch",
    "keep_papers",
    "print_handout",
    "print_next",
    "say_outcome",
    "start_batch",
]
