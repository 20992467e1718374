# SPDX-License-Identifier: MPL-2.0
"""Cash: slips, receipts, papers of an envelope, limits, counts, what was brought back."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("disbursement", "0003_installation"),
        ("places", "0003_covered"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Slip",
            fields=[
                ("instruction_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("code_bidx", models.BinaryField(max_length=32, unique=True)),
                ("printed_at", models.DateTimeField()),
                ("printed_by", models.BigIntegerField()),
                (
                    "commune",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.unit",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CashBack",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=10)),
                ("period", models.DateField()),
                ("amount_vnd", models.BigIntegerField()),
                ("document", models.CharField(max_length=120)),
                ("day", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.unit"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("commune", "source", "period", "document"), name="disbursement_back_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount_vnd__gt", 0)), name="disbursement_back_positive"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CashCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("expected_vnd", models.BigIntegerField()),
                ("counted_vnd", models.BigIntegerField()),
                ("note", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.unit"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["commune", "-day"], name="disbursement_count_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expected_vnd", models.F("counted_vnd")),
                            models.Q(("note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="disbursement_count_explained",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("counted_vnd__gte", 0)), name="disbursement_count_not_below"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CashLimit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("most_vnd", models.BigIntegerField()),
                ("most_days", models.SmallIntegerField()),
                ("valid_from", models.DateField()),
                ("decision", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.unit"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("commune", "valid_from"), name="disbursement_limit_once"),
                    models.CheckConstraint(
                        condition=models.Q(("most_days__gt", 0), ("most_vnd__gt", 0)),
                        name="disbursement_limit_positive",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Paper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=12)),
                ("name", models.CharField(max_length=200)),
                ("mime", models.CharField(max_length=40)),
                ("sha256", models.BinaryField(max_length=32)),
                ("added_at", models.DateTimeField()),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.unit"
                    ),
                ),
                (
                    "envelope",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="disbursement.envelope",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("envelope", "sha256"), name="disbursement_paper_once"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("signed_list", "voucher", "minutes", "other"))),
                        name="disbursement_paper_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("instruction_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=10)),
                ("supervisor", models.CharField(max_length=120)),
                ("proxy_paper", models.CharField(blank=True, max_length=200)),
                ("entered", models.CharField(max_length=7)),
                ("handed_on", models.DateField()),
                ("name", models.CharField(blank=True, max_length=200)),
                ("mime", models.CharField(blank=True, max_length=40)),
                ("sha256", models.BinaryField(max_length=32, null=True)),
                ("at", models.DateTimeField()),
                ("by", models.BigIntegerField()),
                (
                    "commune",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.unit",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ("signature", "thumbprint", "photo")),
                            ("entered__in", ("page", "offline")),
                        ),
                        name="disbursement_receipt_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "photo"), _negated=True),
                            ("sha256__isnull", False),
                            _connector="OR",
                        ),
                        name="disbursement_photo_is_there",
                    ),
                ],
            },
        ),
    ]
