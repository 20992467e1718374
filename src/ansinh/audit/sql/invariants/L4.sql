-- SPDX-License-Identifier: MPL-2.0
-- L4: every look at a number in clear names who looked, at whom, and why.
SELECT id, act, subject, subject_id FROM audit_event
WHERE act IN ('registry.reveal_number', 'payees.reveal_account')
AND (by IS NULL OR subject_id = '' OR coalesce(details ->> 'reason', '') = '')
