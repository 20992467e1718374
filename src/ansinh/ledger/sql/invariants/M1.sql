-- SPDX-License-Identifier: MPL-2.0
-- M1: every posting is a positive whole amount between two different accounts, so each has two entries with sum zero.
SELECT id AS posting, debit, credit, amount_vnd FROM ledger_posting
WHERE amount_vnd <= 0 OR debit = credit
