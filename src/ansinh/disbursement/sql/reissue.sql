-- SPDX-License-Identifier: MPL-2.0
-- The instruction that replaces one that came back, with the payee of today and an id of its own.
INSERT INTO disbursement_instruction (
    id, commune_id, payroll_id, stream, period, person_id, payee_key, attempt, replaces_id, end_to_end_id, amount_vnd,
    lines, channel, bank, account_id, account_enc, account_bidx, account_last4, holder_name, payee_kind,
    payee_person_id, payee_name, mandate_id, person_name, hamlet, made_at)
SELECT
    made.id, was.commune_id, was.payroll_id, was.stream, was.period, was.person_id, was.payee_key, was.attempt + 1,
    was.id, 'AS' || made.digits || lpad((98 - made.digits::bigint * 100 %% 97)::text, 2, '0'), was.amount_vnd,
    was.lines, %(channel)s, %(bank)s, %(account_id)s, %(account_enc)s, %(account_bidx)s, %(account_last4)s,
    %(holder_name)s, was.payee_kind, was.payee_person_id, was.payee_name, was.mandate_id, was.person_name,
    was.hamlet, %(at)s
FROM disbursement_instruction AS was
CROSS JOIN (
    SELECT id, %(head)s || lpad(id::text, 10, '0') AS digits
    FROM (SELECT nextval('disbursement_instruction_id_seq') AS id) AS drawn) AS made
WHERE was.id = %(instruction)s
RETURNING id
