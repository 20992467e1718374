# SPDX-License-Identifier: MPL-2.0
"""Who is close to the money without being an officer, seen in the commune's scope."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from ansinh.staff.scope import drop_row_security_sql, row_security_sql


class Migration(migrations.Migration):
    dependencies = [
        ("payees", "0008_events_follow"),
        ("places", "0003_covered"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Insider",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=140)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("village_head", "village_head"),
                            ("cashier", "cashier"),
                            ("relative", "relative"),
                        ],
                        max_length=12,
                    ),
                ),
                ("of_whom", models.CharField(blank=True, max_length=140)),
                ("number_enc", models.BinaryField()),
                ("number_bidx", models.BinaryField(max_length=32)),
                ("number_last4", models.CharField(max_length=4)),
                ("phone_enc", models.BinaryField(null=True)),
                ("phone_bidx", models.BinaryField(max_length=32, null=True)),
                ("phone_last4", models.CharField(blank=True, max_length=4)),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                ("declared_at", models.DateTimeField()),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.unit"
                    ),
                ),
                (
                    "declared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("commune", "number_bidx"),
                        name="payees_insider_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "relative"), _negated=True),
                            models.Q(("of_whom", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="payees_insider_relative_of_whom",
                    ),
                ],
            },
        ),
        migrations.RunSQL(row_security_sql("payees_insider"), drop_row_security_sql("payees_insider")),
    ]
