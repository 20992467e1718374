-- SPDX-License-Identifier: MPL-2.0
-- Lines of a file as they were read.
INSERT INTO reconciliation_line (
    file_id, line_no, commune_id, end_to_end_id, amount_vnd, fact, reason, reference, value_date, account_bidx,
    account_last4, holder, fault, digest)
SELECT %(file)s, t.line_no, %(unit)s, t.id, t.vnd, t.fact, t.reason, t.reference, t.value_date, t.bidx, t.last4, t.holder, t.fault,
    t.digest
FROM unnest(
    %(numbers)s::int[], %(ids)s::text[], %(vnd)s::bigint[], %(facts)s::text[], %(reasons)s::text[],
    %(references)s::text[], %(dates)s::date[], %(bidx)s::bytea[], %(last4)s::text[], %(holders)s::text[], %(faults)s::text[],
    %(digests)s::bytea[]) AS t (line_no, id, vnd, fact, reason, reference, value_date, bidx, last4, holder, fault, digest)
