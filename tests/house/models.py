"""Every model of the house: does it change, or is it born and never changed?"""

from __future__ import annotations

from typing import Final

MUTABLE: Final = {
    "accounts.Clinic",
    "accounts.User",
    "accounts.SentForm",
    "protocols.Protocol",
    "patients.Patient",
    "patients.SearchKey",
    "patients.SafetyFact",
    "patients.MedicationRecord",
    "patients.HistoricalPatient",  # django-simple-history keeps these three
    "patients.HistoricalSafetyFact",
    "patients.HistoricalMedicationRecord",
    "tapers.Plan",
    "tapers.Product",
    "tapers.Draft",
    "monitoring.FollowUp",
    "handouts.PrintChoice",
    "handouts.PrintBatch",
    "handouts.BatchItem",
}
APPEND_ONLY: Final = {
    "audit.Event",
    "protocols.ProtocolVersion",
    "patients.MedicationReview",
    "patients.FarDay",
    "tapers.Version",
    "tapers.Step",
    "tapers.Dose",
    "tapers.SignedProduct",
    "tapers.VersionCheck",
    "tapers.EarlierDescription",
    "monitoring.CheckIn",
    "monitoring.SymptomRating",
    "monitoring.ReportedRun",
    "monitoring.CountedLeft",
    "monitoring.Emergency",
    "monitoring.EmergencyEntry",
    "monitoring.RaisedEarlier",
    "monitoring.TakenQuantity",
    "monitoring.Dispensing",
    "monitoring.HomeCount",
    "monitoring.ShortfallNote",
    "monitoring.EnteredInError",
    "monitoring.PlanReview",
    "monitoring.ReviewItem",
    "monitoring.ReviewInError",
    "handouts.PrintedHandout",
    "handouts.FurtherVersion",
    "handouts.PaperFile",
    "handouts.CopyOutcome",
}
