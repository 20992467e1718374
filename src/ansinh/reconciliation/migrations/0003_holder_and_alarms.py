# SPDX-License-Identifier: MPL-2.0
"""The holder that a result prints; what the sweep finds."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0003_covered"),
        ("reconciliation", "0002_guards"),
    ]

    operations = [
        migrations.AddField(
            model_name="line",
            name="holder",
            field=models.CharField(blank=True, db_default="", max_length=140),
        ),
        migrations.CreateModel(
            name="Alarm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=16)),
                ("subject", models.CharField(max_length=12)),
                ("subject_id", models.BigIntegerField()),
                ("count", models.IntegerField()),
                ("amount_vnd", models.BigIntegerField(default=0)),
                ("since", models.DateTimeField()),
                ("first_at", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.unit",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=("kind", "subject", "subject_id"),
                        name="reconciliation_alarm_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                (
                                    "rows_missing",
                                    "stuck",
                                    "job_stuck",
                                    "no_result",
                                    "no_result_late",
                                    "report_late",
                                ),
                            )
                        ),
                        name="reconciliation_alarm_kind",
                    ),
                ],
            },
        ),
    ]
