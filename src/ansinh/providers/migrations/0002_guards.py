# SPDX-License-Identifier: MPL-2.0
"""One fact a day, states along their edges, and who is in force where on a day."""

from django.db import migrations

from ansinh.providers.lifecycles import ANNEX, CONTRACT, SELECTION

ONE_FACT_A_DAY = """
ALTER TABLE providers_providerfact ADD CONSTRAINT providers_fact_one_a_day EXCLUDE USING gist (
    int8range(provider_id, provider_id, '[]') WITH &&, int8range(unit_id, unit_id, '[]') WITH &&,
    int8range(hashtextextended(kind, 0), hashtextextended(kind, 0), '[]') WITH &&, validity WITH &&);
"""

# A contract that was ended early holds until the day it ended: its validity was shortened.
IN_FORCE = """
CREATE FUNCTION providers_in_force(on_day date) RETURNS TABLE (
    unit_id bigint, contract_id bigint, provider_id bigint, institution varchar, streams varchar[],
    channels varchar[], fee_bps integer, report_day integer
) LANGUAGE sql STABLE AS $in_force$
WITH held AS (
    SELECT c.* FROM providers_contract c
    WHERE c.state IN ('signed', 'ended') AND c.validity @> on_day
)
SELECT covered.unit_id, held.id, held.provider_id, p.institution, held.streams, held.channels,
    coalesce(annex.fee_bps, held.fee_bps), held.report_day
FROM held
JOIN places_covered(ARRAY(SELECT DISTINCT h.unit_id FROM held h), on_day) AS covered
    ON covered.root_id = held.unit_id
JOIN providers_provider p ON p.id = held.provider_id
LEFT JOIN LATERAL (
    SELECT a.fee_bps FROM providers_annex a
    WHERE a.contract_id = held.id AND a.state = 'signed' AND a.applies_from <= on_day
        AND a.fee_bps IS NOT NULL
    ORDER BY a.applies_from DESC, a.id DESC LIMIT 1
) AS annex ON true
$in_force$;
"""


class Migration(migrations.Migration):
    dependencies = [("providers", "0001_initial"), ("places", "0003_covered")]

    operations = [
        migrations.RunSQL(
            ONE_FACT_A_DAY, "ALTER TABLE providers_providerfact DROP CONSTRAINT providers_fact_one_a_day"
        ),
        migrations.RunSQL(IN_FORCE, "DROP FUNCTION providers_in_force"),
        migrations.RunSQL(
            SELECTION.guard_trigger_sql("providers_selection", "state"),
            "DROP FUNCTION providers_selection_state_guard CASCADE",
        ),
        migrations.RunSQL(
            CONTRACT.guard_trigger_sql("providers_contract", "state"),
            "DROP FUNCTION providers_contract_state_guard CASCADE",
        ),
        migrations.RunSQL(
            ANNEX.guard_trigger_sql("providers_annex", "state"),
            "DROP FUNCTION providers_annex_state_guard CASCADE",
        ),
    ]
