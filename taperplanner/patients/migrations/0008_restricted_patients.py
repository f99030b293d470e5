"""Restricted records: who may open each, who opened one in an emergency, and what a manager found."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_forms_taken_once'),
        ('patients', '0007_birth_date_or_only_its_year'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='EmergencyAccess',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('reason', models.CharField(max_length=300)),
                ('begun_by_name', models.CharField(max_length=200)),
                ('begun_at', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('begun_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('patient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='emergency_accesses', to='patients.patient')),
            ],
        ),
        migrations.CreateModel(
            name='EmergencyAccessEnd',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('ended_at', models.DateTimeField()),
                ('access', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='end', to='patients.emergencyaccess')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='EmergencyAccessReview',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('note', models.CharField(max_length=300)),
                ('reviewed_by_name', models.CharField(max_length=200)),
                ('reviewed_at', models.DateTimeField()),
                ('access', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='review', to='patients.emergencyaccess')),
                ('reviewed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Restriction',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('restricted', 'Restricted'), ('people_changed', 'Who may open it was changed'), ('lifted', 'Lifted')], max_length=20)),
                ('reason', models.CharField(max_length=300)),
                ('said_by_name', models.CharField(max_length=200)),
                ('said_at', models.DateTimeField()),
                ('patient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='restrictions', to='patients.patient')),
                ('said_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('works_here', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='MayOpen',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('restriction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='people', to='patients.restriction')),
            ],
        ),
        migrations.AddField(
            model_name='patient',
            name='restriction',
            field=models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='patients.restriction'),
        ),
        migrations.AddIndex(
            model_name='patient',
            index=models.Index(condition=models.Q(('restriction__isnull', False)), fields=['clinic', 'restriction'], name='patient_restricted'),
        ),
        migrations.AddIndex(
            model_name='emergencyaccess',
            index=models.Index(fields=['patient', 'begun_by', 'begun_at'], name='emergency_access_of_patient'),
        ),
        migrations.AddConstraint(
            model_name='emergencyaccess',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='emergency_access_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='emergencyaccess',
            constraint=models.CheckConstraint(condition=models.Q(('until__gt', models.F('begun_at'))), name='emergency_access_ends'),
        ),
        migrations.AddConstraint(
            model_name='emergencyaccessreview',
            constraint=models.CheckConstraint(condition=models.Q(('note', ''), _negated=True), name='emergency_access_review_has_a_note'),
        ),
        migrations.AddConstraint(
            model_name='restriction',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='restriction_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='restriction',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['restricted', 'people_changed', 'lifted'])), name='restriction_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='mayopen',
            constraint=models.UniqueConstraint(fields=('restriction', 'user'), name='restriction_person_once'),
        ),
    ]
