-- SPDX-License-Identifier: MPL-2.0
-- Paid for a month after the month of death; or a hundred years old without a match in the population register for a year.
SELECT 'dead:' || p.id || ':' || p.life_since AS key, l.commune_id, p.id AS person_id, NULL::bigint AS account_id,
    jsonb_build_object('died_on', p.life_since, 'months', count(DISTINCT l.benefit_month)) AS facts
FROM registry_person AS p
JOIN payroll_line AS l ON l.person_id = p.id AND l.hold = '' AND l.kind IN ('current', 'arrears')
    AND l.benefit_month > p.life_since
JOIN payroll_payroll AS y ON y.id = l.payroll_id AND y.state IN ('locked', 'handed_over')
WHERE p.life = 'dead' AND p.life_since IS NOT NULL
GROUP BY p.id, p.life_since, l.commune_id
UNION ALL
SELECT 'old:' || p.id || ':' || extract(year FROM %(on)s::date)::int, p.commune_id, p.id, NULL::bigint,
    jsonb_build_object('age', extract(year FROM age(%(on)s::date, p.born_on))::int)
FROM registry_person AS p
WHERE p.life <> 'dead' AND p.merged_into_id IS NULL AND p.born_on <= %(on)s::date - make_interval(years => %(old_years)s)
    AND EXISTS (SELECT 1 FROM registry_award AS a WHERE a.person_id = p.id AND NOT a.voided
        AND a.first_month <= %(on)s AND (a.end_month IS NULL OR a.end_month >= date_trunc('month', %(on)s::date)))
    AND NOT EXISTS (SELECT 1 FROM population_answer AS w WHERE w.person_id = p.id AND w.result = 'matched'
        AND w.at > %(at)s::timestamptz - interval '1 year')
