from django.db import migrations, models


class Migration(migrations.Migration):
    """Clinics that are there already decide for themselves; a new one has it on."""

    dependencies = [
        ("accounts", "0004_forms_taken_once"),
    ]

    operations = [
        migrations.AddField(
            model_name="clinic",
            name="requires_second_factor",
            field=models.BooleanField(default=False),
        ),
        # The default is Django's, not the database's.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="clinic",
                    name="requires_second_factor",
                    field=models.BooleanField(default=True),
                ),
            ],
        ),
    ]
