-- SPDX-License-Identifier: MPL-2.0
-- The postings of events that were just inserted (the CTE `moved`), where the edge moves money.
SELECT instruction.stream AS source, instruction.commune_id, instruction.period, moved.event AS cause, edge.debit,
    edge.credit, instruction.amount_vnd, instruction.person_id, 'instruction' AS origin,
    instruction.id AS origin_id, moved.seq AS origin_seq
FROM moved
JOIN disbursement_instruction AS instruction ON instruction.id = moved.instruction_id
JOIN (VALUES {edges}) AS edge (source, event, target, debit, credit)
    ON edge.source = moved.state_from AND edge.event = moved.event AND edge.target = moved.state_to
WHERE edge.debit IS NOT NULL AND moved.event <> 'reissue'
