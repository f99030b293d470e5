from django.db import migrations


class Migration(migrations.Migration):
    """The language of a paper comes from the plan's last copy, not from whoever printed last."""

    dependencies = [("handouts", "0001_initial")]

    operations = [migrations.RemoveField(model_name="printchoice", name="language")]
