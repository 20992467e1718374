# SPDX-License-Identifier: MPL-2.0
"""One unit a code on each day; one parent a unit on each day. Without an extension: an integer key
joins an exclusion constraint as the range that holds it alone."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            ALTER TABLE places_unit ADD CONSTRAINT places_unit_code_once EXCLUDE USING gist (
                int8range(hashtextextended(level || code, 0), hashtextextended(level || code, 0), '[]') WITH &&,
                validity WITH &&);
            ALTER TABLE places_unitparent ADD CONSTRAINT places_one_parent EXCLUDE USING gist (
                int8range(unit_id, unit_id, '[]') WITH &&, validity WITH &&);
            """,
            """
            ALTER TABLE places_unit DROP CONSTRAINT places_unit_code_once;
            ALTER TABLE places_unitparent DROP CONSTRAINT places_one_parent;
            """,
        ),
    ]
