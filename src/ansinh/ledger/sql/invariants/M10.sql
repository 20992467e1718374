-- SPDX-License-Identifier: MPL-2.0
-- M10: nothing was booked in a month after it was closed.
SELECT posting.id AS posting, posting.booked FROM ledger_posting AS posting
JOIN ledger_closing AS closing ON closing.source = posting.source AND closing.commune_id = posting.commune_id
    AND posting.booked <= closing.month
WHERE posting.id > closing.last_posting_id
