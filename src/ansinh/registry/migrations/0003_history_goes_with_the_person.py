# SPDX-License-Identifier: MPL-2.0
"""What belongs to a person is seen where the person is seen: a move takes the history along. Spans of
suspension are kept, a merge waits for its check, and a search by name knows the birth year."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q, Value

from ansinh.registry.lifecycles import PAIR

# The policies of 0002 asked for the commune alone: after a move the new commune did not see what had
# happened, and the old one went on seeing it.
OF_PERSON = "EXISTS (SELECT 1 FROM registry_person AS p WHERE p.id = {table}.person_id)"
OF_HISTORY = """
    (table_name = 'registry_person' AND EXISTS (SELECT 1 FROM registry_person AS p WHERE p.id = row_id))
    OR (table_name = 'registry_award' AND EXISTS (SELECT 1 FROM registry_award AS a WHERE a.id = row_id))"""
BY_COMMUNE = "(SELECT staff_scope_is_all()) OR commune_id = ANY ((SELECT staff_scope_units())::bigint[])"


def seen_by(table: str, condition: str) -> str:
    return f"""
DROP POLICY {table}_scope ON {table};
CREATE POLICY {table}_scope ON {table} USING ((SELECT staff_scope_is_all()) OR {condition})
    WITH CHECK ({BY_COMMUNE});
"""


def seen_by_commune(table: str) -> str:
    return f"""
DROP POLICY {table}_scope ON {table};
CREATE POLICY {table}_scope ON {table} USING ({BY_COMMUNE}) WITH CHECK ({BY_COMMUNE});
"""


FOLLOWING = ("registry_residence", "registry_lifeevent", "registry_change")

FIND = """
DROP FUNCTION registry_find;
CREATE FUNCTION registry_find(
    wanted text[], words text[], communes bigint[], born_from date, born_before date, many integer)
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
    IF born_from IS NOT NULL THEN
        within := within || ' AND born_on >= $4 AND born_on < $5';
    END IF;
    RETURN QUERY EXECUTE
        'SELECT id FROM registry_person WHERE merged_into_id IS NULL AND name_trigrams @> $1::varchar[]'
        || ' AND name_folded LIKE ALL ($2)' || within || ' ORDER BY sort_key, id LIMIT $6'
        USING wanted, words, communes, born_from, born_before, many;
END
$find$;
"""

FIND_BEFORE = """
DROP FUNCTION registry_find;
CREATE FUNCTION registry_find(wanted text[], words text[], communes bigint[], many integer)
RETURNS TABLE (person_id bigint) LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $find$
    SELECT id FROM registry_person WHERE merged_into_id IS NULL AND name_trigrams @> wanted::varchar[]
        AND name_folded LIKE ALL (words) AND (staff_scope_is_all() OR commune_id = ANY (staff_scope_units()))
        AND (communes IS NULL OR commune_id = ANY (communes)) ORDER BY sort_key, id LIMIT many
$find$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0002_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "award",
            "earlier_suspensions",
            models.JSONField(db_default=Value([], models.JSONField()), default=list),
        ),
        migrations.AddField(
            "change", "document", models.CharField(blank=True, db_default="", max_length=200)
        ),
        migrations.AddConstraint(
            "change",
            models.CheckConstraint(
                condition=Q(state="proposed") | Q(decided_by__isnull=False),
                name="registry_change_decided_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            "duplicatepair",
            models.CheckConstraint(
                condition=Q(state__in=["open", "proposed", "merged", "distinct"]), name="registry_pair_state"
            ),
        ),
        migrations.CreateModel(
            name="Lookups",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("hour", models.DateTimeField()),
                ("many", models.IntegerField()),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("officer", "hour"), name="registry_lookups_once")
                ]
            },
        ),
        migrations.RunSQL(PAIR.guard_trigger_sql("registry_duplicatepair", "state"), migrations.RunSQL.noop),
        *[
            migrations.RunSQL(seen_by(table, OF_PERSON.format(table=table)), seen_by_commune(table))
            for table in FOLLOWING
        ],
        migrations.RunSQL(seen_by("registry_history", OF_HISTORY), seen_by_commune("registry_history")),
        migrations.RunSQL(FIND, FIND_BEFORE),
    ]
