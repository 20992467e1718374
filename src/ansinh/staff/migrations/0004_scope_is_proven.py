# SPDX-License-Identifier: MPL-2.0
"""A scope counts with its proof only; the policies of all tables call the same two functions."""

from django.db import migrations

from ansinh.staff.scope import DROP_PROVEN, PROVEN


class Migration(migrations.Migration):
    dependencies = [("staff", "0003_scope")]

    operations = [migrations.RunSQL(PROVEN, DROP_PROVEN)]
