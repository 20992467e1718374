# SPDX-License-Identifier: MPL-2.0

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("payees", "0004_groups"),
        ("places", "0003_covered"),
        ("registry", "0002_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Campaign",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=140)),
                (
                    "groups",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[("A", "A"), ("B", "B"), ("C", "C"), ("D", "D"), ("E", "E"), ("F", "F")],
                            max_length=1,
                        ),
                        size=None,
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("state", models.CharField(default="planned", max_length=10)),
                ("made_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.unit"
                    ),
                ),
                (
                    "made_by",
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
            name="Figure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField()),
                ("hamlet", models.CharField(blank=True, max_length=120)),
                ("people", models.IntegerField()),
                ("a", models.IntegerField()),
                ("b", models.IntegerField()),
                ("c", models.IntegerField()),
                ("d", models.IntegerField()),
                ("e", models.IntegerField()),
                ("f", models.IntegerField()),
                ("with_account", models.IntegerField()),
                ("registered", models.IntegerField()),
                ("frozen_at", models.DateTimeField()),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.unit"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Helper",
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
                        choices=[("officer", "officer"), ("hamlet", "hamlet"), ("bank_desk", "bank_desk")],
                        max_length=9,
                    ),
                ),
                ("hamlet", models.CharField(blank=True, max_length=120)),
                ("active", models.BooleanField(default=True)),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.unit"
                    ),
                ),
                (
                    "officer",
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
            name="Contact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("hamlet", models.CharField(blank=True, max_length=120)),
                ("reference", models.CharField(max_length=12, unique=True)),
                (
                    "group_at_start",
                    models.CharField(
                        choices=[("A", "A"), ("B", "B"), ("C", "C"), ("D", "D"), ("E", "E"), ("F", "F")],
                        max_length=1,
                    ),
                ),
                ("step", models.CharField(default="visit", max_length=24)),
                ("step_on", models.DateField(null=True)),
                ("outcome", models.CharField(blank=True, max_length=16)),
                ("absences", models.PositiveSmallIntegerField(default=0)),
                ("visits", models.PositiveSmallIntegerField(default=0)),
                ("version", models.IntegerField(default=1)),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="outreach.campaign",
                    ),
                ),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.unit"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="registry.person",
                    ),
                ),
                (
                    "helper",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="outreach.helper",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OpeningDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("bank", models.CharField(max_length=20)),
                ("on", models.DateField()),
                ("place", models.CharField(max_length=140)),
                ("state", models.CharField(default="planned", max_length=10)),
                ("made_at", models.DateTimeField()),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="days",
                        to="outreach.campaign",
                    ),
                ),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.unit"
                    ),
                ),
                (
                    "made_by",
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
            name="Sending",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("adapter", models.CharField(max_length=10)),
                ("file_sha256", models.BinaryField(max_length=32, null=True)),
                ("at", models.DateTimeField()),
                (
                    "result",
                    models.CharField(
                        blank=True, choices=[("", ""), ("sent", "sent"), ("failed", "failed")], max_length=8
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=200)),
                ("answered_at", models.DateTimeField(null=True)),
                ("tries", models.PositiveSmallIntegerField(default=1)),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.unit"
                    ),
                ),
                (
                    "notice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sending",
                        to="payees.notice",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Target",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40)),
                ("label", models.CharField(max_length=200)),
                ("label_en", models.CharField(max_length=200)),
                (
                    "counted",
                    models.CharField(
                        choices=[("with_account", "with_account"), ("registered", "registered")],
                        max_length=12,
                    ),
                ),
                (
                    "denominator",
                    models.CharField(choices=[("all", "all"), ("eligible", "eligible")], max_length=8),
                ),
                ("permille", models.PositiveSmallIntegerField()),
                ("due_on", models.DateField()),
                ("reference", models.CharField(max_length=200)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.unit"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("met", "met"),
                            ("absent", "absent"),
                            ("agreed", "agreed"),
                            ("refused", "refused"),
                            ("needs_help", "needs_help"),
                            ("account_opened", "account_opened"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "reasons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=16), default=list, size=None
                    ),
                ),
                ("signed", models.BooleanField(default=False)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("sheet_sha256", models.BinaryField(max_length=32, null=True)),
                ("sheet_row", models.IntegerField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
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
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="log", to="outreach.contact"
                    ),
                ),
                (
                    "day",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="outreach.openingday",
                    ),
                ),
                (
                    "helper",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="outreach.helper",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Wish",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[("zalo", "zalo"), ("sms", "sms"), ("call", "call"), ("paper", "paper")],
                        max_length=5,
                    ),
                ),
                ("since", models.DateField()),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.unit"
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="wish", to="registry.person"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="campaign",
            index=models.Index(fields=["commune", "state"], name="outreach_campaign_commune"),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.UniqueConstraint(
                fields=("commune", "name"), name="outreach_campaign_name_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="outreach_campaign_dates"
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["planned", "running", "closed", "cancelled"])),
                name="outreach_campaign_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="figure",
            constraint=models.UniqueConstraint(
                fields=("month", "commune", "hamlet"), name="outreach_figure_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="figure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "people",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("a"), "+", models.F("b")
                                        ),
                                        "+",
                                        models.F("c"),
                                    ),
                                    "+",
                                    models.F("d"),
                                ),
                                "+",
                                models.F("e"),
                            ),
                            "+",
                            models.F("f"),
                        ),
                    )
                ),
                name="outreach_figure_groups_are_all",
            ),
        ),
        migrations.AddConstraint(
            model_name="helper",
            constraint=models.UniqueConstraint(
                fields=("commune", "name", "hamlet"), name="outreach_helper_once"
            ),
        ),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(fields=["campaign", "hamlet", "id"], name="outreach_contact_hamlet"),
        ),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(fields=["helper", "step_on"], name="outreach_contact_helper"),
        ),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(fields=["person"], name="outreach_contact_person"),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.UniqueConstraint(fields=("campaign", "person"), name="outreach_contact_once"),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "step__in",
                        [
                            "visit",
                            "ask_hamlet",
                            "go_to_bank",
                            "bank_at_home",
                            "collect_account",
                            "arrange_representative",
                            "help_with_papers",
                            "sign_refusal",
                            "ask_again",
                            "done",
                        ],
                    )
                ),
                name="outreach_contact_step",
            ),
        ),
        migrations.AddConstraint(
            model_name="openingday",
            constraint=models.UniqueConstraint(fields=("commune", "bank", "on"), name="outreach_day_once"),
        ),
        migrations.AddConstraint(
            model_name="openingday",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["planned", "held", "cancelled"])), name="outreach_day_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.UniqueConstraint(fields=("code", "unit"), name="outreach_target_once"),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(("permille__range", (1, 1000))), name="outreach_target_permille"
            ),
        ),
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(fields=["contact", "id"], name="outreach_visit_contact"),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.UniqueConstraint(
                condition=models.Q(("sheet_sha256__isnull", False)),
                fields=("sheet_sha256", "sheet_row"),
                name="outreach_visit_line_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "refused"), _negated=True),
                    models.Q(("reasons", []), _negated=True),
                    _connector="OR",
                ),
                name="outreach_visit_refusal_says_why",
            ),
        ),
    ]
