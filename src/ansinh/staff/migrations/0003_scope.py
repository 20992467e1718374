# SPDX-License-Identifier: MPL-2.0
"""The functions that row-level policies of personal data call."""

from django.db import migrations

from ansinh.staff.scope import DROP_FUNCTIONS, FUNCTIONS


class Migration(migrations.Migration):
    dependencies = [("staff", "0002_guards")]

    operations = [migrations.RunSQL(FUNCTIONS, DROP_FUNCTIONS)]
