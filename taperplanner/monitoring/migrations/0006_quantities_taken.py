import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('monitoring', '0005_emergency_before_its_check_in'),
        ('tapers', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='checkin',
            name='symptoms_listed',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.CreateModel(
            name='TakenQuantity',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('quantity_thousandths', models.IntegerField()),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tapers.product')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='quantities', to='monitoring.reportedrun')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('run', 'product'), name='taken_said_once'), models.CheckConstraint(condition=models.Q(('quantity_thousandths__gte', 0)), name='taken_not_negative')],
            },
        ),
    ]
