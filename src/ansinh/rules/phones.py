# SPDX-License-Identifier: MPL-2.0
"""Phone numbers as officers type them."""

from __future__ import annotations

import re

from ansinh.rules.refusals import Refusal

_TYPED = re.compile(r"\+?[0-9 .\-()]{8,20}")


class PhoneNotUnderstood(Refusal):
    """Not a phone number of Viet Nam; fields: text."""

    code = "PHONE_NOT_UNDERSTOOD"


def parse_phone(text: str) -> str:
    """Ten or eleven digits with the leading zero that every number has: `+84 912 345 678`,
    `912.345.678`. Raises `PhoneNotUnderstood`."""
    typed = text.strip()
    digits = re.sub("[^0-9]", "", typed)
    if not _TYPED.fullmatch(typed):
        raise PhoneNotUnderstood(text=typed[:20])
    if digits.startswith("84") and len(digits) in {11, 12}:
        digits = f"0{digits[2:]}"
    if len(digits) in {9, 10} and not digits.startswith("0"):
        digits = f"0{digits}"
    if len(digits) not in {10, 11} or not digits.startswith("0"):
        raise PhoneNotUnderstood(text=typed[:20])
    return digits
