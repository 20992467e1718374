# SPDX-License-Identifier: MPL-2.0
"""What happened to an account is seen where the account is seen: its events, and the awards that a mandate
is limited to, follow it to another commune, also when it goes to another record (a merge). A mandate keeps
when people were told that it ends."""

from django.db import migrations, models

# As the table's owner: the application may only add events.
FOLLOW = """
CREATE FUNCTION payees_follow_account() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT AS $follow$
BEGIN
    UPDATE payees_accountevent SET commune_id = NEW.commune_id WHERE account_id = NEW.id;
    RETURN NULL;
END
$follow$;
CREATE TRIGGER payees_follow_account AFTER UPDATE OF commune_id ON payees_account FOR EACH ROW
    WHEN (OLD.commune_id IS DISTINCT FROM NEW.commune_id) EXECUTE FUNCTION payees_follow_account();
"""


class Migration(migrations.Migration):
    dependencies = [("payees", "0007_groups_as_of")]

    operations = [
        migrations.AddField(model_name="mandate", name="reminded_on", field=models.DateField(null=True)),
        migrations.RunSQL(FOLLOW, "DROP FUNCTION payees_follow_account CASCADE"),
    ]
