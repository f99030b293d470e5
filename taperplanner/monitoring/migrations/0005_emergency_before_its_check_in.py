import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('monitoring', '0004_counts_at_home_and_errors'),
        ('tapers', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='emergency',
            name='plan',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='emergencies', to='tapers.plan'),
        ),
        migrations.AddField(
            model_name='emergency',
            name='form_key',
            field=models.CharField(max_length=32, null=True),
        ),
        migrations.AlterField(
            model_name='emergency',
            name='check_in',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='emergency', to='monitoring.checkin'),
        ),
        migrations.AddConstraint(
            model_name='emergency',
            constraint=models.UniqueConstraint(condition=models.Q(('form_key__isnull', False)), fields=('plan', 'raised_by', 'form_key', 'signs'), name='emergency_once_for_a_form'),
        ),
        migrations.AddConstraint(
            model_name='emergency',
            constraint=models.CheckConstraint(condition=models.Q(('plan__isnull', False), ('check_in__isnull', False), _connector='OR'), name='emergency_of_a_plan'),
        ),
        migrations.CreateModel(
            name='RaisedEarlier',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('check_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='raised_earlier', to='monitoring.checkin')),
                ('emergency', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='told', to='monitoring.emergency')),
            ],
            options={
                'abstract': False,
            },
        ),
    ]
