-- SPDX-License-Identifier: MPL-2.0
-- One instruction for each payee of a locked payroll, its id drawn and its end-to-end id made here.
INSERT INTO disbursement_instruction (
    id, commune_id, payroll_id, stream, period, person_id, payee_key, attempt, end_to_end_id, amount_vnd, lines,
    channel, bank, account_id, account_enc, account_bidx, account_last4, holder_name, payee_kind, payee_person_id,
    payee_name, mandate_id, person_name, hamlet, made_at)
SELECT
    id, commune_id, %(payroll)s, %(stream)s, %(period)s, person_id, payee_key, 0,
    'AS' || digits || lpad((98 - digits::bigint * 100 %% 97)::text, 2, '0'), amount_vnd, lines,
    channel, bank, account_id, account_enc, account_bidx, account_last4, holder_name, payee_kind, payee_person_id,
    payee_name, mandate_id, person_name, hamlet, %(at)s
FROM (
    SELECT *, %(head)s || lpad(id::text, 10, '0') AS digits
    FROM (
        SELECT
            nextval('disbursement_instruction_id_seq') AS id, min(commune_id) AS commune_id, person_id,
            payee_kind || ':' || coalesce(mandate_id, 0) || ':' || channel || ':' || coalesce(account_id, 0) AS payee_key,
            sum(amount_vnd)::bigint AS amount_vnd, count(*) AS lines, channel, min(bank) AS bank, account_id,
            (array_agg(account_enc))[1] AS account_enc, (array_agg(account_bidx))[1] AS account_bidx,
            min(account_last4) AS account_last4, left(min(holder_name), 120) AS holder_name, payee_kind,
            min(payee_person_id) AS payee_person_id, left(min(payee_name), 120) AS payee_name, mandate_id,
            left(min(person_name), 120) AS person_name, min(hamlet) AS hamlet
        FROM payroll_line
        WHERE payroll_id = %(payroll)s AND hold = ''
        GROUP BY person_id, payee_kind, mandate_id, channel, account_id) AS payees) AS numbered
