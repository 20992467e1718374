-- SPDX-License-Identifier: MPL-2.0
-- The lines of a file that print a holder, beside the name that was to be paid.
SELECT line.id, coalesce(nullif(owed.holder_name, ''), owed.payee_name), line.holder
FROM reconciliation_line AS line
JOIN disbursement_instruction AS owed ON owed.end_to_end_id = line.end_to_end_id
WHERE line.file_id = %(file)s AND line.holder <> '' AND line.end_to_end_id <> '' AND line.fault = ''
