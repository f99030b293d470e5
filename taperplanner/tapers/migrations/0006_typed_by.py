from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tapers', '0005_product_revision'),
    ]

    operations = [
        migrations.AddField(
            model_name='draft',
            name='typed_by',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='version',
            name='typed_by',
            field=models.JSONField(null=True),
        ),
    ]
