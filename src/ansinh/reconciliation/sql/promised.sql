-- SPDX-License-Identifier: MPL-2.0
-- What was promised beside what is there: payrolls and their parts, files to payers and what left, results and outcomes.
SELECT 'payroll' AS subject, payroll.id AS subject_id, payroll.unit_id, payroll.prepared_at AS since,
    (lines.many - parts.many)::int AS missing, (lines.vnd - parts.vnd)::bigint AS missing_vnd
FROM payroll_payroll AS payroll
CROSS JOIN LATERAL (
    SELECT count(*) AS many, coalesce(sum(amount_vnd), 0) AS vnd FROM payroll_line AS line
    WHERE line.payroll_id = payroll.id AND line.hold = '') AS lines
CROSS JOIN LATERAL (
    SELECT count(*) AS many, coalesce(sum(amount_vnd), 0) AS vnd FROM disbursement_part AS part
    WHERE part.payroll_id = payroll.id AND part.attempt = 0) AS parts
WHERE payroll.state = 'handed_over' AND payroll.period >= %(from)s
AND (lines.many, lines.vnd) <> (parts.many, parts.vnd)
UNION ALL
SELECT 'envelope', envelope.id, envelope.unit_id, envelope.built_at, (envelope.count - gone.many)::int,
    (envelope.sum_vnd - gone.vnd)::bigint
FROM disbursement_envelope AS envelope
CROSS JOIN LATERAL (
    SELECT count(*) AS many, coalesce(sum(instruction.amount_vnd), 0) AS vnd
    FROM disbursement_enclosed AS enclosed
    JOIN disbursement_instruction AS instruction ON instruction.id = enclosed.instruction_id
    JOIN disbursement_event AS first ON first.instruction_id = instruction.id AND first.seq = 1
    WHERE enclosed.envelope_id = envelope.id) AS gone
WHERE envelope.state IN ('dispatching', 'sent', 'uncertain', 'settled') AND envelope.period >= %(from)s
AND (envelope.count, envelope.sum_vnd) <> (gone.many, gone.vnd)
UNION ALL
SELECT 'result_file', file.id, file.unit_id, file.received_at, (file.count - told.many)::int, 0::bigint
FROM reconciliation_resultfile AS file
CROSS JOIN LATERAL (
    SELECT count(*) AS many FROM reconciliation_outcome AS outcome WHERE outcome.file_id = file.id) AS told
WHERE file.state = 'applied' AND file.received_at >= %(from)s AND file.count <> told.many
ORDER BY 1, 2
