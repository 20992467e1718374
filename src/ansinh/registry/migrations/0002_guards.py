# SPDX-License-Identifier: MPL-2.0
"""Row-level security, one residence a day, history by trigger, states along their edges, and the two
functions that look across communes without showing anything."""

from django.db import migrations

from ansinh.registry.lifecycles import CHANGE, IMPORT, PAIR
from ansinh.staff.scope import drop_row_security_sql, row_security_sql

TABLES = (
    "registry_person", "registry_oldnumber", "registry_residence", "registry_award", "registry_history",
    "registry_lifeevent", "registry_change", "registry_importfile", "registry_importrow",
    "registry_rememberedmapping", "registry_duplicatepair",
)  # fmt: skip

RESIDENCE = """
ALTER TABLE registry_residence ADD CONSTRAINT registry_residence_one_a_day EXCLUDE USING gist (
    int8range(person_id, person_id, '[]') WITH &&, validity WITH &&);
"""

# One statement-level trigger a table: a row-level one costs five times as much on a bulk update.
HISTORY = """
CREATE FUNCTION registry_keep_history() RETURNS trigger LANGUAGE plpgsql AS $history$
BEGIN
    INSERT INTO registry_history (table_name, row_id, commune_id, version, until, was)
    SELECT TG_TABLE_NAME, old_row.id, old_row.commune_id, old_row.version, clock_timestamp(), to_jsonb(old_row)
    FROM old_rows AS old_row;
    RETURN NULL;
END
$history$;
CREATE TRIGGER registry_person_history AFTER UPDATE ON registry_person
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION registry_keep_history();
CREATE TRIGGER registry_award_history AFTER UPDATE ON registry_award
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION registry_keep_history();
"""

# Which of these numbers have a record in any commune: only the fact leaves the function.
NUMBERS_TAKEN = """
CREATE FUNCTION registry_numbers_taken(asked bytea[]) RETURNS SETOF bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $taken$
    SELECT number_bidx FROM registry_person WHERE number_bidx = ANY (asked) AND merged_into_id IS NULL
$taken$;
"""

# Search by name. Operators on text arrays are not leakproof, so under a row-level policy the planner
# may not use the trigram index; the function's owner is not under the policy, and it applies the same
# scope itself. EXECUTE plans with the words at hand: a rare word takes the trigram index, a common one
# walks the index in Vietnamese order and stops at the limit.
FIND = """
CREATE FUNCTION registry_find(wanted text[], words text[], communes bigint[], many integer)
RETURNS TABLE (person_id bigint) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path FROM CURRENT AS $find$
DECLARE
    within text := '';
BEGIN
    IF NOT staff_scope_is_all() THEN
        within := within || ' AND commune_id = ANY (staff_scope_units())';
    END IF;
    IF communes IS NOT NULL THEN
        within := within || ' AND commune_id = ANY ($3)';
    END IF;
    RETURN QUERY EXECUTE
        'SELECT id FROM registry_person WHERE merged_into_id IS NULL AND name_trigrams @> $1::varchar[]'
        || ' AND name_folded LIKE ALL ($2)' || within || ' ORDER BY sort_key, id LIMIT $4'
        USING wanted, words, communes, many;
END
$find$;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial"), ("staff", "0003_scope")]

    operations = [
        *[migrations.RunSQL(row_security_sql(table), drop_row_security_sql(table)) for table in TABLES],
        migrations.RunSQL(
            RESIDENCE, "ALTER TABLE registry_residence DROP CONSTRAINT registry_residence_one_a_day"
        ),
        migrations.RunSQL(HISTORY, "DROP FUNCTION registry_keep_history CASCADE"),
        migrations.RunSQL(NUMBERS_TAKEN, "DROP FUNCTION registry_numbers_taken"),
        migrations.RunSQL(FIND, "DROP FUNCTION registry_find"),
        migrations.RunSQL(
            IMPORT.guard_trigger_sql("registry_importfile", "state"),
            "DROP FUNCTION registry_importfile_state_guard CASCADE",
        ),
        migrations.RunSQL(
            CHANGE.guard_trigger_sql("registry_change", "state"),
            "DROP FUNCTION registry_change_state_guard CASCADE",
        ),
        migrations.RunSQL(
            PAIR.guard_trigger_sql("registry_duplicatepair", "state"),
            "DROP FUNCTION registry_duplicatepair_state_guard CASCADE",
        ),
    ]
