-- SPDX-License-Identifier: MPL-2.0
-- Where a person may be paid today: by the same mandate if there was one.
SELECT channel, bank, account_id, account_enc, account_bidx, account_last4, holder_name, hold
FROM payees_payable
WHERE person_id = %(person)s AND mandate_id IS NOT DISTINCT FROM %(mandate)s
ORDER BY award_id NULLS FIRST LIMIT 1
