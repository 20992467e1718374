-- SPDX-License-Identifier: MPL-2.0
-- Communes of a cash envelope whose limit would be passed, in money or in days, if it left now.
WITH inside AS (
    SELECT instruction.commune_id, sum(instruction.amount_vnd)::bigint AS added
    FROM disbursement_enclosed AS enclosed
    JOIN disbursement_instruction AS instruction ON instruction.id = enclosed.instruction_id
    WHERE enclosed.envelope_id = %(envelope)s AND instruction.channel IN ('pay_point', 'home', 'institution')
    GROUP BY instruction.commune_id),
lying AS (
    SELECT posting.commune_id, sum(CASE WHEN posting.debit = 'cash_with_agent' THEN posting.amount_vnd
            WHEN posting.debit = 'paid_cash' THEN -posting.amount_vnd ELSE 0 END) AS held
    FROM ledger_posting AS posting
    WHERE posting.commune_id IN (SELECT commune_id FROM inside) AND posting.cause IN ('hand_over', 'collect')
    GROUP BY posting.commune_id),
back AS (
    SELECT commune_id, sum(amount_vnd) AS vnd FROM disbursement_cashback
    WHERE commune_id IN (SELECT commune_id FROM inside) GROUP BY commune_id),
oldest AS (
    SELECT instruction.commune_id, min(state.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS since
    FROM inside
    JOIN disbursement_instruction AS instruction ON instruction.commune_id = inside.commune_id
        AND instruction.channel IN ('pay_point', 'home', 'institution')
    JOIN disbursement_state AS state ON state.instruction_id = instruction.id
    WHERE state.state = 'with_agent' GROUP BY instruction.commune_id)
SELECT unit.name AS commune, limits.most_vnd, limits.most_days, oldest.since,
    (inside.added + coalesce(lying.held, 0) - coalesce(back.vnd, 0))::bigint AS would
FROM inside
JOIN places_unit AS unit ON unit.id = inside.commune_id
JOIN LATERAL (
    SELECT most_vnd, most_days FROM disbursement_cashlimit AS each
    WHERE each.commune_id = inside.commune_id AND each.valid_from <= %(on)s
    ORDER BY each.valid_from DESC LIMIT 1) AS limits ON true
LEFT JOIN lying ON lying.commune_id = inside.commune_id
LEFT JOIN back ON back.commune_id = inside.commune_id
LEFT JOIN oldest ON oldest.commune_id = inside.commune_id
WHERE inside.added + coalesce(lying.held, 0) - coalesce(back.vnd, 0) > limits.most_vnd
OR %(on)s::date - oldest.since > limits.most_days
ORDER BY unit.name
LIMIT 20
