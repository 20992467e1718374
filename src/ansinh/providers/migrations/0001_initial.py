# SPDX-License-Identifier: MPL-2.0

import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("places", "0003_covered"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Candidate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fee_bps", models.IntegerField()),
                ("offer", models.CharField(blank=True, max_length=500)),
                ("chosen", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="Criterion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=30)),
                ("label", models.CharField(max_length=200)),
                ("label_en", models.CharField(blank=True, max_length=200)),
                ("weight", models.IntegerField()),
                ("order", models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Provider",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=160, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("bank", "bank"),
                            ("wallet", "wallet"),
                            ("mobile_money", "mobile_money"),
                            ("pay_organisation", "pay_organisation"),
                        ],
                        max_length=16,
                    ),
                ),
                ("institution", models.CharField(blank=True, max_length=20)),
                ("hotline", models.CharField(blank=True, max_length=40)),
                ("added_at", models.DateTimeField()),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Contract",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=60)),
                ("signed_on", models.DateField()),
                ("validity", django.contrib.postgres.fields.ranges.DateRangeField()),
                (
                    "streams",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[("merit", "merit"), ("assistance", "assistance")], max_length=10
                        ),
                        size=None,
                    ),
                ),
                (
                    "channels",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("account", "account"),
                                ("wallet", "wallet"),
                                ("mobile_money", "mobile_money"),
                                ("pay_point", "pay_point"),
                                ("home", "home"),
                            ],
                            max_length=12,
                        ),
                        size=None,
                    ),
                ),
                ("scope", models.CharField(max_length=500)),
                ("fee_bps", models.IntegerField()),
                ("liability", models.CharField(max_length=500)),
                ("list_day", models.IntegerField(default=25)),
                ("report_day", models.IntegerField(default=20)),
                ("state", models.CharField(default="draft", max_length=10)),
                ("ended_reason", models.CharField(blank=True, max_length=300)),
                ("made_at", models.DateTimeField()),
                (
                    "candidate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contracts",
                        to="providers.candidate",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.unit"
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contracts",
                        to="providers.provider",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="candidate",
            name="provider",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="candidacies",
                to="providers.provider",
            ),
        ),
        migrations.CreateModel(
            name="ProviderFact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("branch", "branch"),
                            ("atm", "atm"),
                            ("pay_point", "pay_point"),
                            ("agent", "agent"),
                            ("home_service", "home_service"),
                            ("opens_at_home", "opens_at_home"),
                            ("wallet", "wallet"),
                            ("mobile_money", "mobile_money"),
                            ("fees_waived", "fees_waived"),
                        ],
                        max_length=16,
                    ),
                ),
                ("quantity", models.IntegerField()),
                ("validity", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("evidence", models.CharField(max_length=300)),
                ("recorded_at", models.DateTimeField()),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="facts",
                        to="providers.provider",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.unit"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Score",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("points", models.IntegerField()),
                ("evidence", models.CharField(max_length=500)),
                ("scored_at", models.DateTimeField()),
                (
                    "candidate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scores",
                        to="providers.candidate",
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scores",
                        to="providers.criterion",
                    ),
                ),
                (
                    "scored_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Selection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("opened_on", models.DateField()),
                ("state", models.CharField(default="open", max_length=10)),
                ("minutes_on", models.DateField(null=True)),
                ("minutes_present", models.TextField(blank=True, max_length=2000)),
                ("minutes_text", models.TextField(blank=True, max_length=8000)),
                ("choice_reason", models.CharField(blank=True, max_length=500)),
                ("decided_on", models.DateField(null=True)),
                ("opened_at", models.DateTimeField()),
                (
                    "edited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.unit"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="criterion",
            name="selection",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="criteria", to="providers.selection"
            ),
        ),
        migrations.AddField(
            model_name="candidate",
            name="selection",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="candidates",
                to="providers.selection",
            ),
        ),
        migrations.CreateModel(
            name="Annex",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=60)),
                ("year", models.IntegerField()),
                ("signed_on", models.DateField()),
                ("applies_from", models.DateField()),
                ("until", models.DateField(null=True)),
                ("fee_bps", models.IntegerField(null=True)),
                ("words", models.TextField(max_length=4000)),
                ("state", models.CharField(default="draft", max_length=10)),
                ("made_at", models.DateTimeField()),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="annexes",
                        to="providers.contract",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("contract", "number"), name="providers_annex_number"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "submitted", "signed", "cancelled"])),
                        name="providers_annex_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("fee_bps__isnull", True),
                            models.Q(("fee_bps__gte", 0), ("fee_bps__lte", 1000)),
                            _connector="OR",
                        ),
                        name="providers_annex_fee",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContractCost",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "cost",
                    models.CharField(
                        choices=[
                            ("transfer", "transfer"),
                            ("withdrawal", "withdrawal"),
                            ("card", "card"),
                            ("opening", "opening"),
                            ("maintenance", "maintenance"),
                            ("notice", "notice"),
                            ("home_delivery", "home_delivery"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "bearer",
                    models.CharField(choices=[("provider", "provider"), ("budget", "budget")], max_length=12),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="costs",
                        to="providers.contract",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("contract", "cost"), name="providers_cost_once"),
                    models.CheckConstraint(
                        condition=models.Q(("bearer__in", ("provider", "budget"))),
                        name="providers_never_the_beneficiary",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="provider",
            constraint=models.UniqueConstraint(
                condition=models.Q(("institution", ""), _negated=True),
                fields=("institution",),
                name="providers_provider_institution",
            ),
        ),
        migrations.AddIndex(
            model_name="contract",
            index=models.Index(fields=["state", "unit"], name="providers_contract_unit"),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.UniqueConstraint(fields=("unit", "number"), name="providers_contract_number"),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "submitted", "signed", "ended", "cancelled"])),
                name="providers_contract_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(("list_day__range", (1, 28)), ("report_day__range", (1, 28))),
                name="providers_days",
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(("fee_bps__gte", 0), ("fee_bps__lte", 1000)), name="providers_contract_fee"
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(("liability", ""), _negated=True), name="providers_contract_liability"
            ),
        ),
        migrations.AddIndex(
            model_name="providerfact",
            index=models.Index(fields=["unit", "kind"], name="providers_fact_unit"),
        ),
        migrations.AddConstraint(
            model_name="providerfact",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gte", 0)), name="providers_fact_quantity"
            ),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.UniqueConstraint(
                fields=("candidate", "criterion"), name="providers_score_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.CheckConstraint(
                condition=models.Q(("points__gte", 0), ("points__lte", 100)), name="providers_points"
            ),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.CheckConstraint(
                condition=models.Q(("evidence", ""), _negated=True), name="providers_score_evidence"
            ),
        ),
        migrations.AddConstraint(
            model_name="selection",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "submitted", "decided", "cancelled"])),
                name="providers_selection_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="criterion",
            constraint=models.UniqueConstraint(fields=("selection", "code"), name="providers_criterion_once"),
        ),
        migrations.AddConstraint(
            model_name="criterion",
            constraint=models.CheckConstraint(
                condition=models.Q(("weight__gte", 0), ("weight__lte", 100)), name="providers_weight"
            ),
        ),
        migrations.AddConstraint(
            model_name="candidate",
            constraint=models.UniqueConstraint(
                fields=("selection", "provider"), name="providers_candidate_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="candidate",
            constraint=models.CheckConstraint(
                condition=models.Q(("fee_bps__gte", 0), ("fee_bps__lte", 1000)), name="providers_offer_fee"
            ),
        ),
    ]
