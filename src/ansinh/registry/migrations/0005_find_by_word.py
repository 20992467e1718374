# SPDX-License-Identifier: MPL-2.0
"""Search by the words of a name, in Vietnamese order, without reading more than what is shown.

The trigrams of 0001 found a name among a million in 0.4 s: their index knows no order, so a common
word was fetched whole and sorted. A row per word of a name, kept under (word, sort key), is read in
the list's own order and stops at the limit (docs/adr/0009).
"""

from django.db import migrations, models

from ansinh.staff.scope import drop_row_security_sql, row_security_sql

# Only functions of the owner read or write it: the application holds no right on it.
WORDS = """
CREATE TABLE registry_nameword (
    word text COLLATE "C" NOT NULL,
    sort_key varchar(400) NOT NULL,
    person_id bigint NOT NULL,
    commune_id bigint NOT NULL,
    born_on date NOT NULL,
    name_folded varchar(100) NOT NULL,
    CONSTRAINT registry_nameword_pkey PRIMARY KEY (word, sort_key, person_id)
        INCLUDE (commune_id, born_on, name_folded));
"""
DROP_WORDS = "DROP TABLE registry_nameword;"

KEEP_WORDS = """
CREATE FUNCTION registry_add_words() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT AS $words$
BEGIN
    INSERT INTO registry_nameword (word, sort_key, person_id, commune_id, born_on, name_folded)
    SELECT DISTINCT w.word, n.sort_key, n.id, n.commune_id, n.born_on, n.name_folded
    FROM new_rows AS n CROSS JOIN unnest(string_to_array(n.name_folded, ' ')) AS w (word)
    WHERE n.merged_into_id IS NULL AND w.word <> '';
    RETURN NULL;
END
$words$;
CREATE TRIGGER registry_person_words AFTER INSERT ON registry_person
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION registry_add_words();

CREATE FUNCTION registry_change_words() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT AS $words$
BEGIN
    DELETE FROM registry_nameword
    WHERE word = ANY (string_to_array(OLD.name_folded, ' ')) AND sort_key = OLD.sort_key
        AND person_id = OLD.id;
    IF NEW.merged_into_id IS NULL THEN
        INSERT INTO registry_nameword (word, sort_key, person_id, commune_id, born_on, name_folded)
        SELECT DISTINCT w.word, NEW.sort_key, NEW.id, NEW.commune_id, NEW.born_on, NEW.name_folded
        FROM unnest(string_to_array(NEW.name_folded, ' ')) AS w (word) WHERE w.word <> '';
    END IF;
    RETURN NULL;
END
$words$;
CREATE TRIGGER registry_person_words_change
    AFTER UPDATE OF name_folded, sort_key, born_on, commune_id, merged_into_id ON registry_person
    FOR EACH ROW WHEN (
        (OLD.name_folded, OLD.sort_key, OLD.born_on, OLD.commune_id, OLD.merged_into_id)
        IS DISTINCT FROM (NEW.name_folded, NEW.sort_key, NEW.born_on, NEW.commune_id, NEW.merged_into_id))
    EXECUTE FUNCTION registry_change_words();
"""
DROP_KEEP_WORDS = """
DROP FUNCTION registry_add_words CASCADE;
DROP FUNCTION registry_change_words CASCADE;
"""
FILL_WORDS = """
INSERT INTO registry_nameword (word, sort_key, person_id, commune_id, born_on, name_folded)
SELECT DISTINCT w.word, p.sort_key, p.id, p.commune_id, p.born_on, p.name_folded
FROM registry_person AS p CROSS JOIN unnest(string_to_array(p.name_folded, ' ')) AS w (word)
WHERE p.merged_into_id IS NULL AND w.word <> '';
"""

# The words of all names that begin with some letters: one step down the index a word, not a row.
WORDS_FROM = """
CREATE FUNCTION registry_words_from(beginning text) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $from$
    WITH RECURSIVE found (word) AS (
        (SELECT n.word FROM registry_nameword AS n
            WHERE n.word >= beginning COLLATE "C" AND n.word < (beginning || chr(1114111)) COLLATE "C"
            ORDER BY n.word LIMIT 1)
        UNION ALL
        SELECT (SELECT n.word FROM registry_nameword AS n
            WHERE n.word > f.word AND n.word < (beginning || chr(1114111)) COLLATE "C"
            ORDER BY n.word LIMIT 1)
        FROM found AS f WHERE f.word IS NOT NULL)
    SELECT array_agg(word) FROM found WHERE word IS NOT NULL
$from$;
"""

# Operators on text are not leakproof, so under a row-level policy the planner may not take an index
# by them; the function's owner is not under the policy, and it applies the same scope itself. Of the
# words it walks the rarest and looks for the others in the name. A word that `common` rows or more
# hold is not walked for an officer of a few communes: the commune's own list is shorter.
FIND = """
DROP FUNCTION registry_find;
CREATE FUNCTION registry_find(
    wanted text[], communes bigint[], born_from date, born_before date, many integer, common integer)
RETURNS TABLE (found_id bigint) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path FROM CURRENT AS $find$
DECLARE
    few_communes CONSTANT integer := 3;
    patterns CONSTANT text[] := ARRAY(SELECT '% ' || replace(w, '_', '\\_') || '%' FROM unnest(wanted) AS w);
    inside bigint[] := communes;  -- NULL: everywhere
    rarest text[];
    fewest integer;
    asked text;
    spelled text[];
    held integer;
BEGIN
    IF NOT staff_scope_is_all() THEN
        inside := ARRAY(SELECT u FROM unnest(staff_scope_units()) AS u
                        WHERE communes IS NULL OR u = ANY (communes));
    END IF;
    FOREACH asked IN ARRAY wanted LOOP
        spelled := registry_words_from(asked);
        IF spelled IS NULL THEN
            RETURN;
        END IF;
        SELECT count(*) INTO held FROM (
            SELECT 1 FROM registry_nameword AS n WHERE n.word = ANY (spelled) LIMIT common) AS capped;
        IF fewest IS NULL OR held < fewest THEN
            rarest := spelled;
            fewest := held;
        END IF;
    END LOOP;
    IF fewest >= common AND cardinality(inside) <= few_communes THEN
        RETURN QUERY
            SELECT p.id FROM unnest(inside) AS c (id) CROSS JOIN LATERAL (
                SELECT q.id, q.sort_key FROM registry_person AS q
                WHERE q.commune_id = c.id AND q.merged_into_id IS NULL
                    AND ' ' || q.name_folded LIKE ALL (patterns)
                    AND (born_from IS NULL OR q.born_on >= born_from AND q.born_on < born_before)
                ORDER BY q.sort_key, q.id LIMIT many) AS p
            ORDER BY p.sort_key, p.id LIMIT many;
    ELSE
        RETURN QUERY
            SELECT p.person_id FROM unnest(rarest) AS r (word) CROSS JOIN LATERAL (
                SELECT n.person_id, n.sort_key FROM registry_nameword AS n
                WHERE n.word = r.word AND ' ' || n.name_folded LIKE ALL (patterns)
                    AND (inside IS NULL OR n.commune_id = ANY (inside))
                    AND (born_from IS NULL OR n.born_on >= born_from AND n.born_on < born_before)
                ORDER BY n.sort_key, n.person_id LIMIT many) AS p
            GROUP BY p.sort_key, p.person_id ORDER BY p.sort_key, p.person_id LIMIT many;
    END IF;
END
$find$;
"""
FIND_BEFORE = """
DROP FUNCTION registry_find;
DROP FUNCTION registry_words_from;
CREATE FUNCTION registry_find(
    wanted text[], words text[], communes bigint[], born_from date, born_before date, many integer)
RETURNS TABLE (person_id bigint) LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $find$
    SELECT id FROM registry_person WHERE merged_into_id IS NULL AND name_folded LIKE ALL (words)
        AND (staff_scope_is_all() OR commune_id = ANY (staff_scope_units()))
        AND (communes IS NULL OR commune_id = ANY (communes))
        AND (born_from IS NULL OR born_on >= born_from AND born_on < born_before)
    ORDER BY sort_key, id LIMIT many
$find$;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0004_lists_in_background")]

    operations = [
        migrations.RunSQL(WORDS, DROP_WORDS),
        migrations.RunSQL(FILL_WORDS, migrations.RunSQL.noop),
        migrations.RunSQL(row_security_sql("registry_nameword"), drop_row_security_sql("registry_nameword")),
        migrations.RunSQL(KEEP_WORDS, DROP_KEEP_WORDS),
        migrations.RunSQL(WORDS_FROM + FIND, FIND_BEFORE),
        migrations.RemoveIndex("person", "registry_person_trigrams"),
        migrations.RemoveField("person", "name_trigrams"),
        migrations.AddIndex(
            "person",
            models.Index(
                fields=["phone_last4"],
                name="registry_person_phone4",
                condition=models.Q(phone_last4__gt=""),
            ),
        ),
    ]
