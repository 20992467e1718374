# SPDX-License-Identifier: MPL-2.0
"""The payment that a complaint is about."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directives", "0002_guards"),
        ("places", "0003_covered"),
        ("registry", "0004_lists_in_background"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="complaint",
            name="instruction_id",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(
                condition=models.Q(("instruction_id__isnull", False)),
                fields=["instruction_id"],
                name="directives_complaint_payment",
            ),
        ),
    ]
