-- SPDX-License-Identifier: MPL-2.0
-- L2: the seals of the audit log are numbered without a gap (`ansinh audit verify` recomputes the chain itself).
SELECT seq, before FROM (
    SELECT seq, lag(seq, 1, 0::bigint) OVER (ORDER BY seq) AS before FROM audit_seal) AS chain
WHERE seq <> before + 1 AND before <> 0
