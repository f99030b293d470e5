from .batches import CannotStartBatch, print_next, start_batch
from .copies import CannotPrint, print_handout, say_outcome

__all__ = ["CannotPrint", "CannotStartBatch", "print_handout", "print_next", "say_outcome", "start_batch"]
