# SPDX-License-Identifier: MPL-2.0
"""Lists that are read and imported in the background: their states and how far the work is."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from ansinh.registry.lifecycles import IMPORT
from ansinh.staff.scope import drop_row_security_sql, row_security_sql


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0003_covered"),
        ("registry", "0003_history_goes_with_the_person"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportProgress",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("done", models.IntegerField()),
                ("total", models.IntegerField()),
                ("started_at", models.DateTimeField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="importfile",
            name="registry_import_state",
        ),
        migrations.AddField(
            model_name="importfile",
            name="asked",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="importfile",
            name="size",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="importfile",
            name="told",
            field=models.JSONField(default=list),
        ),
        migrations.AlterField(
            model_name="importfile",
            name="accepted",
            field=models.IntegerField(default=0),
        ),
        migrations.AlterField(
            model_name="importfile",
            name="mapping",
            field=models.JSONField(default=dict),
        ),
        migrations.AlterField(
            model_name="importfile",
            name="rejected",
            field=models.IntegerField(default=0),
        ),
        migrations.AlterField(
            model_name="importfile",
            name="rows",
            field=models.IntegerField(default=0),
        ),
        migrations.AlterField(
            model_name="importfile",
            name="skipped",
            field=models.IntegerField(default=0),
        ),
        migrations.AlterField(
            model_name="importfile",
            name="state",
            field=models.CharField(default="received", max_length=10),
        ),
        migrations.AddConstraint(
            model_name="importfile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "received",
                            "checked",
                            "refused",
                            "confirming",
                            "confirmed",
                            "discarded",
                            "replaced",
                        ],
                    )
                ),
                name="registry_import_state",
            ),
        ),
        migrations.AddField(
            model_name="importprogress",
            name="commune",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="places.unit",
            ),
        ),
        migrations.RunSQL(
            row_security_sql("registry_importprogress"), drop_row_security_sql("registry_importprogress")
        ),
        migrations.RunSQL(IMPORT.guard_trigger_sql("registry_importfile", "state"), migrations.RunSQL.noop),
    ]
