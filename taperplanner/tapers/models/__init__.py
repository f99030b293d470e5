"""The plan while it is worked on (`plans`), and what was signed and never changes (`versions`)."""

from .checks import VersionCheck
from .descriptions import EarlierDescription
from .plans import Draft, Goal, Plan, Product, State
from .versions import Dose, SignedProduct, Step, Version

__all__ = [
    "Dose",
    "Draft",
    "EarlierDescription",
    "Goal",
    "Plan",
    "Product",
    "SignedProduct",
    "State",
    "Step",
    "Version",
    "VersionCheck",
]
