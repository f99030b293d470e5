"""The plan while it is worked on (`plans`), and what was signed and never changes (`versions`)."""

from .assignments import PlanAssignment, assignments_of, counting_assignment
from .checks import VersionCheck, checks_by_version
from .descriptions import EarlierDescription, earlier_descriptions
from .excipients import Excipients
from .plans import Draft, Goal, Plan, PlanQuerySet, Product, State, plans_of
from .versions import (
    AsNeededDose,
    Dose,
    PatternDay,
    PatternDose,
    SignedProduct,
    Step,
    Version,
    VersionQuerySet,
    versions_by_plan,
    versions_of,
)

__all__ = [
    "AsNeededDose",
    "Dose",
    "Draft",
    "EarlierDescription",
    "Excipients",
    "Goal",
    "PatternDay",
    "PatternDose",
    "Plan",
    "PlanAssignment",
    "PlanQuerySet",
    "Product",
    "SignedProduct",
    "State",
    "Step",
    "Version",
    "VersionCheck",
    "VersionQuerySet",
    "assignments_of",
    "checks_by_version",
    "counting_assignment",
    "earlier_descriptions",
    "plans_of",
    "versions_by_plan",
    "versions_of",
]
