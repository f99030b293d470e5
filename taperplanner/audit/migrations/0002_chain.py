
from django.db import migrations, models

class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='event',
            name='chain_id',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='event',
            name='key_name',
            field=models.CharField(max_length=40, null=True),
        ),
        migrations.AddField(
            model_name='event',
            name='mac',
            field=models.CharField(max_length=64, null=True),
        ),
        migrations.AddField(
            model_name='event',
            name='number',
            field=models.PositiveBigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='event',
            name='rows',
            field=models.JSONField(null=True),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.UniqueConstraint(condition=models.Q(('number__isnull', False)), fields=('chain_id', 'number'), name='event_number_once_per_chain'),
        ),
    ]
