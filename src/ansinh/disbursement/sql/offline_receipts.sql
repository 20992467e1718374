-- SPDX-License-Identifier: MPL-2.0
-- The receipts of a signed list that is entered afterwards.
INSERT INTO disbursement_receipt (
    instruction_id, commune_id, kind, supervisor, proxy_paper, entered, handed_on, name, mime, at, by)
SELECT instruction.id, instruction.commune_id, 'signature', %(supervisor)s,
    CASE WHEN instruction.payee_kind = 'self' THEN '' ELSE coalesce(mandate.document, '') END, 'offline', %(on)s, '', '',
    %(at)s, %(by)s
FROM disbursement_instruction AS instruction
LEFT JOIN payees_mandate AS mandate ON mandate.id = instruction.mandate_id
WHERE instruction.id = ANY (%(ids)s::bigint[])
