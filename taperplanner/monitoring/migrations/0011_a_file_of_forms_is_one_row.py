import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from taperplanner.append_only import RebuildsTable
from taperplanner.monitoring.models.downtime import nothing


class Migration(migrations.Migration):

    dependencies = [
        ('monitoring', '0010_forms_for_down_time'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        RebuildsTable([
            migrations.AddField('formrun', 'first_code', models.BigIntegerField(default=0)),
            migrations.AddField('formrun', 'last_code', models.BigIntegerField(default=-1)),
            migrations.AddField('formrun', 'contents', models.JSONField(default=nothing)),
            migrations.AlterField('blankform', 'code', models.CharField(max_length=10)),
        ]),
        migrations.CreateModel(
            name='RunSetAside',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('closed_plans', models.JSONField(default=list)),
                ('said_by_name', models.CharField(max_length=200)),
                ('said_at', models.DateTimeField()),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rest_aside', to='monitoring.formrun')),
                ('said_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
    ]
