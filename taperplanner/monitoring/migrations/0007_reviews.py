import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('monitoring', '0006_quantities_taken'),
        ('tapers', '0008_one_open_plan_per_drug_in_any_case'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PlanReview',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('reviewed_on', models.DateField()),
                ('next_due_on', models.DateField(null=True)),
                ('why_corrected', models.CharField(blank=True, max_length=300)),
                ('recorded_by_name', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('corrects', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='correction', to='monitoring.planreview')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='tapers.plan')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['plan', 'reviewed_on'], name='review_by_day')],
                'constraints': [
                    models.UniqueConstraint(fields=('plan', 'number'), name='review_number_once_per_plan'),
                    models.CheckConstraint(condition=models.Q(models.Q(('corrects', None), ('why_corrected', '')), models.Q(('corrects__isnull', False), models.Q(('why_corrected', ''), _negated=True)), _connector='OR'), name='review_corrected_with_reason'),
                    models.CheckConstraint(condition=models.Q(('next_due_on', None), ('next_due_on__gt', models.F('reviewed_on')), _connector='OR'), name='review_next_one_is_later'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ReviewItem',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('item', models.CharField(max_length=40)),
                ('answer', models.CharField(max_length=20)),
                ('done_on', models.CharField(max_length=10)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='monitoring.planreview')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('review', 'item'), name='review_item_once'),
                    models.CheckConstraint(condition=models.Q(models.Q(('item', ''), _negated=True), models.Q(('answer', ''), _negated=True), models.Q(('done_on', ''), _negated=True)), name='review_item_says_what_and_when'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ReviewInError',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('reason', models.CharField(max_length=300)),
                ('marked_by_name', models.CharField(max_length=200)),
                ('marked_at', models.DateTimeField()),
                ('marked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('review', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='error', to='monitoring.planreview')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='review_error_has_a_reason')],
            },
        ),
    ]
