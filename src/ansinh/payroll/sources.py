# SPDX-License-Identifier: MPL-2.0
"""Where a calculation reads who receives the money and who is blocked: the views that payees and
population offer. An installation without one of them (the register alone) pays people themselves at
the pay point, and blocks nobody."""

from __future__ import annotations

from django.db import connection

PAYEES = "SELECT * FROM payees_payable"
STANDING = "SELECT * FROM population_standing"
THEMSELVES = """
SELECT id AS person_id, commune_id, NULL::bigint AS award_id, 'self' AS payee_kind,
    NULL::bigint AS payee_person_id, name::text AS payee_name, NULL::bigint AS mandate_id,
    CASE WHEN channel IN ('home', 'pay_point') THEN channel ELSE 'pay_point' END AS channel,
    NULL::bigint AS account_id, ''::text AS bank, NULL::bytea AS account_enc, NULL::bytea AS account_bidx,
    ''::text AS account_last4, ''::text AS holder_name, NULL::date AS usable_from, ''::text AS hold
FROM registry_person WHERE merged_into_id IS NULL
"""
NOBODY = (
    "SELECT NULL::bigint AS person_id, NULL::bigint AS commune_id, false AS blocks, '' AS reason WHERE false"
)


def payees_and_standing() -> tuple[str, str]:
    """The two sources as sub-selects."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('payees_payable'), to_regclass('population_standing')")
        row = cursor.fetchone()
    payees, standing = row or (None, None)
    return (PAYEES if payees else THEMSELVES), (STANDING if standing else NOBODY)
