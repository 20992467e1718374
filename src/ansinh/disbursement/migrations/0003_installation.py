# SPDX-License-Identifier: MPL-2.0
"""Who this database is: a mark that a restored backup keeps and a copy for tests does not."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("disbursement", "0002_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="Installation",
            fields=[
                ("mark", models.UUIDField(primary_key=True, serialize=False)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.Value(1), name="disbursement_one_installation")
                ],
            },
        ),
        migrations.RunSQL("INSERT INTO disbursement_installation VALUES (gen_random_uuid())", ""),
    ]
