-- SPDX-License-Identifier: MPL-2.0
-- P8: somebody else is paid only under a mandate of that person that held in the period.
SELECT instruction.id, instruction.payee_kind FROM disbursement_instruction AS instruction
LEFT JOIN payees_mandate AS mandate ON mandate.id = instruction.mandate_id
    AND mandate.person_id = instruction.person_id AND mandate.pays_from <= instruction.period
WHERE instruction.payee_kind <> 'self' AND mandate.id IS NULL
OR (instruction.payee_kind = 'self' AND instruction.mandate_id IS NOT NULL)
