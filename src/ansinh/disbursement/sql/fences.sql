-- SPDX-License-Identifier: MPL-2.0
-- The tokens of the envelopes with these references.
SELECT reference, fence FROM disbursement_envelope WHERE reference = ANY (%(references)s)
