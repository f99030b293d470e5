"""The pronoun that the patient said, which is empty for everybody until somebody records it."""

from django.db import migrations, models

from taperplanner.append_only import RebuildsTable


class Migration(migrations.Migration):
    dependencies = [("patients", "0013_who_helps_at_home")]
    operations = [
        RebuildsTable(
            [
                migrations.AddField(
                    model_name="historicalpatient",
                    name="pronoun",
                    field=models.CharField(blank=True, default="", max_length=40),
                    preserve_default=False,
                ),
                migrations.AddField(
                    model_name="patient",
                    name="pronoun",
                    field=models.CharField(blank=True, default="", max_length=40),
                    preserve_default=False,
                ),
            ]
        ),
    ]
