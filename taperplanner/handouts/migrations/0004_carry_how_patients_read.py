from django.db import migrations
from django.utils import timezone

PHARMACY = "pharmacy"


def carry(apps, schema_editor):
    """What the patient's last paper says, where there is one. Whoever never got one stays not asked.

    A pharmacist's summary says nothing about what the patient reads.
    """
    Patient = apps.get_model("patients", "Patient")
    History = apps.get_model("patients", "HistoricalPatient")
    PrintedHandout = apps.get_model("handouts", "PrintedHandout")
    now = timezone.now()
    kept_by_history = [field.attname for field in Patient._meta.concrete_fields if _is_in(History, field)]
    last = {}
    papers = PrintedHandout.objects.exclude(layout=PHARMACY).order_by("printed_at", "number")
    for patient_id, language, size in papers.values_list("version__plan__patient_id", "language", "size"):
        last[patient_id] = (language, size)
    for patient in Patient.objects.filter(pk__in=last, paper_language="", letter_size=""):
        patient.paper_language, patient.letter_size = last[patient.pk]
        patient.save(update_fields=["paper_language", "letter_size"])
        values = {name: getattr(patient, name) for name in kept_by_history}
        History.objects.create(**values, history_date=now, history_type="~")


def _is_in(history, field):
    return any(one.attname == field.attname for one in history._meta.concrete_fields)


class Migration(migrations.Migration):
    """The language and the letters of a paper are kept on the patient."""

    dependencies = [
        ("handouts", "0003_batch_prints_as_each_patient_reads"),
        ("patients", "0002_language_and_letter_size"),
    ]

    operations = [migrations.RunPython(carry, migrations.RunPython.noop)]
