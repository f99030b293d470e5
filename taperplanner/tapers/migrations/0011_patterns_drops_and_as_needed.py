"""What format 2 of signed content adds. What was typed or signed before has none of it."""

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.lookups
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tapers', '0010_strength_as_labelled'),
    ]

    operations = [
        migrations.CreateModel(
            name='AsNeededDose',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='as_needed_dose', to='tapers.version')),
                ('product_number', models.PositiveIntegerField()),
                ('quantity_thousandths', models.IntegerField()),
                ('dose_nanograms', models.BigIntegerField()),
                ('times_a_day', models.PositiveIntegerField()),
                ('taken_when', models.CharField(max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name='PatternDay',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pattern_days', to='tapers.version')),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pattern_days', to='tapers.step')),
                ('position', models.PositiveIntegerField()),
                ('day', models.PositiveIntegerField()),
                ('dose_nanograms', models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='PatternDose',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pattern_doses', to='tapers.version')),
                ('pattern_day', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='doses', to='tapers.patternday')),
                ('position', models.PositiveIntegerField()),
                ('day', models.PositiveIntegerField()),
                ('time', models.CharField(choices=[('morning', 'Morning'), ('noon', 'Noon'), ('evening', 'Evening'), ('bedtime', 'Bedtime')], max_length=10)),
                ('product_number', models.PositiveIntegerField()),
                ('quantity_thousandths', models.IntegerField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='product',
            name='product_label_comes_to_its_strength',
        ),
        migrations.AddField(
            model_name='product',
            name='drops_per_ml',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='signedproduct',
            name='drops_per_ml',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='step',
            name='pattern_by_weekday',
            field=models.BooleanField(null=True),
        ),
        migrations.AddField(
            model_name='step',
            name='pattern_starts_on',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AlterField(
            model_name='product',
            name='form',
            field=models.CharField(choices=[('tablet', 'tablet'), ('odt', 'orally disintegrating tablet'), ('liquid', 'oral liquid'), ('drops', 'oral drops')], max_length=10),
        ),
        migrations.AlterField(
            model_name='signedproduct',
            name='form',
            field=models.CharField(choices=[('tablet', 'tablet'), ('odt', 'orally disintegrating tablet'), ('liquid', 'oral liquid'), ('drops', 'oral drops')], max_length=10),
        ),
        migrations.AddConstraint(
            model_name='product',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('drops_per_ml', None), ('label_nanograms', None), ('label_thousandths', None)), models.Q(django.db.models.lookups.Exact(django.db.models.expressions.CombinedExpression(models.F('label_nanograms'), '*', models.Value(1000)), django.db.models.expressions.CombinedExpression(models.F('strength_nanograms'), '*', models.F('label_thousandths'))), ('drops_per_ml', None), ('form', 'liquid'), ('label_nanograms__isnull', False), ('label_thousandths__gt', 0), ('label_thousandths__isnull', False)), models.Q(django.db.models.lookups.Exact(django.db.models.expressions.CombinedExpression(models.F('label_nanograms'), '*', models.Value(1000)), django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('strength_nanograms'), '*', models.F('drops_per_ml')), '*', models.F('label_thousandths'))), ('drops_per_ml__gt', 0), ('form', 'drops'), ('label_nanograms__isnull', False), ('label_thousandths__gt', 0), ('label_thousandths__isnull', False)), _connector='OR'), name='product_label_comes_to_its_strength'),
        ),
        migrations.AddConstraint(
            model_name='asneededdose',
            constraint=models.CheckConstraint(condition=models.Q(('dose_nanograms__gt', 0), ('quantity_thousandths__gt', 0), ('times_a_day__gte', 1)), name='as_needed_takes_something'),
        ),
        migrations.AddConstraint(
            model_name='patternday',
            constraint=models.UniqueConstraint(fields=('step', 'day'), name='pattern_day_once'),
        ),
        migrations.AddConstraint(
            model_name='patternday',
            constraint=models.CheckConstraint(condition=models.Q(('day__gte', 2), ('day__lte', 7)), name='pattern_day_is_a_later_one'),
        ),
        migrations.AddConstraint(
            model_name='patternday',
            constraint=models.CheckConstraint(condition=models.Q(('dose_nanograms__gte', 0)), name='pattern_day_dose_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='patterndose',
            constraint=models.UniqueConstraint(fields=('pattern_day', 'time', 'product_number'), name='pattern_dose_once_per_time'),
        ),
        migrations.AddConstraint(
            model_name='patterndose',
            constraint=models.CheckConstraint(condition=models.Q(('quantity_thousandths__gt', 0)), name='pattern_dose_takes_something'),
        ),
    ]
