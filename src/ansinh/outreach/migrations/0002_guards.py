# SPDX-License-Identifier: MPL-2.0
"""Row-level security, states along their edges, wishes that follow a person who moves."""

from django.db import migrations

from ansinh.outreach.lifecycles import CAMPAIGN, OPENING_DAY
from ansinh.staff.scope import drop_row_security_sql, row_security_sql

TABLES = (
    "outreach_helper", "outreach_campaign", "outreach_contact", "outreach_openingday", "outreach_visit",
    "outreach_wish", "outreach_sending", "outreach_figure",
)  # fmt: skip

# Contacts and visits stay with their campaign and its commune: they are what was done there.
FOLLOW = """
CREATE FUNCTION outreach_follow_person() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT AS $follow$
BEGIN
    UPDATE outreach_wish SET commune_id = NEW.commune_id WHERE person_id = NEW.id;
    RETURN NULL;
END
$follow$;
CREATE TRIGGER outreach_follow_person AFTER UPDATE OF commune_id ON registry_person FOR EACH ROW
    WHEN (OLD.commune_id IS DISTINCT FROM NEW.commune_id) EXECUTE FUNCTION outreach_follow_person();
"""


class Migration(migrations.Migration):
    dependencies = [("outreach", "0001_initial"), ("payees", "0004_groups"), ("staff", "0003_scope")]

    operations = [
        *[migrations.RunSQL(row_security_sql(table), drop_row_security_sql(table)) for table in TABLES],
        migrations.RunSQL(FOLLOW, "DROP FUNCTION outreach_follow_person CASCADE"),
        *[
            migrations.RunSQL(
                life.guard_trigger_sql(table, "state"), f"DROP FUNCTION {table}_state_guard CASCADE"
            )
            for life, table in ((CAMPAIGN, "outreach_campaign"), (OPENING_DAY, "outreach_openingday"))
        ],
    ]
