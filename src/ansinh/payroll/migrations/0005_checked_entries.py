# SPDX-License-Identifier: MPL-2.0
"""A line added by hand is proposed by one officer and confirmed by another before a payroll uses it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

from ansinh.payroll.lifecycles import ENTRY

STATES = ["proposed", "refused", "waiting", "used", "withdrawn"]


class Migration(migrations.Migration):
    dependencies = [
        ("payroll", "0004_run"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint("entry", "payroll_entry_state"),
        migrations.AddField(
            "entry", "check_note", models.CharField(blank=True, db_default="", max_length=300)
        ),
        migrations.AddField("entry", "checked_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "entry",
            "checked_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField("entry", "state", models.CharField(default="proposed", max_length=10)),
        migrations.AddConstraint(
            "entry", models.CheckConstraint(condition=Q(state__in=STATES), name="payroll_entry_state")
        ),
        migrations.AddConstraint(
            "entry",
            models.CheckConstraint(
                condition=~Q(state__in=["waiting", "used"]) | Q(checked_by__isnull=False),
                name="payroll_entry_checked",
            ),
        ),
        migrations.AddConstraint(
            "entry",
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("made_by")),
                name="payroll_entry_two_persons",
            ),
        ),
        migrations.RunSQL(ENTRY.guard_trigger_sql("payroll_entry", "state"), migrations.RunSQL.noop),
    ]
