

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tapers', '0004_hold_and_its_end_told_apart'),
    ]

    operations = [
        migrations.AddField(
            model_name='product',
            name='revision',
            field=models.PositiveIntegerField(default=1),
        ),
    ]
