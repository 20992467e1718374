# SPDX-License-Identifier: MPL-2.0
"""The code on a slip: 80 bits made from the end-to-end id under the index key, so that a slip that is
printed again has it too, and nobody without the key can make one."""

from __future__ import annotations

from ansinh.rules.lookup_codes import BITS, code_of, read_code
from ansinh.vault.sealing import blind_index

MADE, FOUND = "disbursement_slip.made", "disbursement_slip.code"


def slip_code(*, end_to_end_id: str) -> str:
    """The code of an instruction's slip."""
    return code_of(blind_index(column=MADE, text=end_to_end_id)[: BITS // 8])


def code_bidx(*, code: str) -> bytes:
    """What a code is found by, however it was typed. Raises `CodeUnreadable`."""
    return blind_index(column=FOUND, text=read_code(code))
