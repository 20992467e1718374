-- SPDX-License-Identifier: MPL-2.0
-- R7: unknown is left only by a result line, by an enquiry about our id or by a decision of two persons, and never paid again from there.
SELECT instruction_id, seq, cause FROM disbursement_event
WHERE state_from IN ('unknown', 'disputed') AND cause NOT IN ('result', 'desk', 'enquiry')
OR (state_from IN ('sent', 'unknown', 'disputed', 'paid') AND event = 'reissue')
