-- SPDX-License-Identifier: MPL-2.0
-- R9: a file whose declared totals are not those of its lines is held, or was taken as it is with a note.
SELECT file.id, file.declared_count, file.count FROM reconciliation_resultfile AS file
WHERE file.state = 'applied' AND file.note = '' AND (
    file.declared_count <> file.count OR file.declared_vnd <> file.sum_vnd)
