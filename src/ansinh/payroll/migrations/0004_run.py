# SPDX-License-Identifier: MPL-2.0
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from ansinh.payroll.lifecycles import RUN


class Migration(migrations.Migration):
    dependencies = [
        ("payroll", "0003_stage_and_claims"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Run",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("state", models.CharField(default="waiting", max_length=8)),
                ("known_on", models.DateField()),
                ("step", models.CharField(blank=True, max_length=20)),
                ("done", models.SmallIntegerField(default=0)),
                ("steps", models.SmallIntegerField(default=0)),
                ("asked_at", models.DateTimeField()),
                ("started_at", models.DateTimeField(null=True)),
                ("noted_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("refusal_code", models.CharField(blank=True, max_length=60)),
                ("refusal_vi", models.TextField(blank=True)),
                ("refusal_en", models.TextField(blank=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "payroll",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="runs", to="payroll.payroll"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["waiting", "running"])),
                        fields=("payroll",),
                        name="payroll_run_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "running", "done", "refused", "failed"])
                        ),
                        name="payroll_run_state",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            RUN.guard_trigger_sql("payroll_run", "state"), "DROP FUNCTION payroll_run_state_guard CASCADE"
        ),
    ]
