"""The sex that the clinic recorded, which is empty for everybody until somebody records it."""

from django.db import migrations, models

from taperplanner.append_only import RebuildsTable

CHOICES = [("female", "Female"), ("male", "Male"), ("another", "Another, in words")]


class Migration(migrations.Migration):
    dependencies = [("patients", "0009_found_by_phone_part_and_slip")]
    operations = [
        RebuildsTable(
            [
                migrations.AddField(
                    model_name="historicalpatient",
                    name="sex",
                    field=models.CharField(blank=True, choices=CHOICES, max_length=10),
                ),
                migrations.AddField(
                    model_name="historicalpatient",
                    name="sex_in_words",
                    field=models.CharField(blank=True, max_length=60),
                ),
                migrations.AddField(
                    model_name="patient",
                    name="sex",
                    field=models.CharField(blank=True, choices=CHOICES, max_length=10),
                ),
                migrations.AddField(
                    model_name="patient",
                    name="sex_in_words",
                    field=models.CharField(blank=True, max_length=60),
                ),
                migrations.AddConstraint(
                    model_name="patient",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sex__in", ["", "female", "male"]), ("sex_in_words", "")),
                            models.Q(("sex", "another"), models.Q(("sex_in_words", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="patient_sex_is_a_choice_or_words",
                    ),
                ),
            ]
        ),
    ]
