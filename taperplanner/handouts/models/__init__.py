"""Every copy that was printed (`copies`), and those that are printed for many patients at once (`batches`)."""

from .batches import CLAIM_LASTS, BatchItem, ItemState, PrintBatch, PrintChoice
from .copies import (
    DONE,
    LANGUAGES,
    LAYOUTS,
    SIZES,
    AlteredFile,
    CopyOutcome,
    Outcome,
    PaperFile,
    PrintedHandout,
    PrintedHandoutQuerySet,
    copies_of,
    copy_with,
    newest_copy_by,
    read_further,
    stale_copies,
)
from .further import FurtherVersion, plans_with_a_version

__all__ = [
    "CLAIM_LASTS",
    "DONE",
    "LANGUAGES",
    "LAYOUTS",
    "SIZES",
    "AlteredFile",
    "BatchItem",
    "CopyOutcome",
    "FurtherVersion",
    "ItemState",
    "Outcome",
    "PaperFile",
    "PrintBatch",
    "PrintChoice",
    "PrintedHandout",
    "PrintedHandoutQuerySet",
    "copies_of",
    "copy_with",
    "newest_copy_by",
    "plans_with_a_version",
    "read_further",
    "stale_copies",
]
