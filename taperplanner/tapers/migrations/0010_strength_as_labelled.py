"""A liquid's strength as its label has it. What was typed or signed before has none."""

import django.db.models.expressions
import django.db.models.lookups
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tapers', '0009_last_day_of_an_ended_plan'),
    ]

    operations = [
        migrations.AddField(
            model_name='product',
            name='label_nanograms',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='product',
            name='label_thousandths',
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name='signedproduct',
            name='label_nanograms',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='signedproduct',
            name='label_thousandths',
            field=models.IntegerField(null=True),
        ),
        migrations.AddConstraint(
            model_name='product',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('label_nanograms', None), ('label_thousandths', None)), models.Q(django.db.models.lookups.Exact(django.db.models.expressions.CombinedExpression(models.F('label_nanograms'), '*', models.Value(1000)), django.db.models.expressions.CombinedExpression(models.F('strength_nanograms'), '*', models.F('label_thousandths'))), ('form', 'liquid'), ('label_nanograms__isnull', False), ('label_thousandths__gt', 0), ('label_thousandths__isnull', False)), _connector='OR'), name='product_label_comes_to_its_strength'),
        ),
    ]
