-- SPDX-License-Identifier: MPL-2.0
-- A8: no role was confirmed, and no account asserted and activated, by the person who proposed it.
SELECT r.id AS assignment_id, r.proposed_by_id
FROM staff_roleassignment r
JOIN staff_officer m ON m.id = r.proposed_by_id JOIN staff_officer c ON c.id = r.confirmed_by_id
WHERE m.citizen_number_bidx = c.citizen_number_bidx
