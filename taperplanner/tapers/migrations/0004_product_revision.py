

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tapers', '0003_earlier_description'),
    ]

    operations = [
        migrations.AddField(
            model_name='product',
            name='revision',
            field=models.PositiveIntegerField(default=1),
        ),
    ]
