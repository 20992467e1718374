# SPDX-License-Identifier: MPL-2.0
"""A bank or switch over HTTP: the approved bytes under an idempotency key, enquiries, result files."""

from ansinh.disbursement.channels.http.exchange import (
    BadAddress,
    File,
    Heard,
    Payer,
    enquire,
    payer_at,
    results,
    submit,
)

__all__ = ["BadAddress", "File", "Heard", "Payer", "enquire", "payer_at", "results", "submit"]
