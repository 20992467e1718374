# SPDX-License-Identifier: MPL-2.0
"""Set-based SQL in files of its own, one statement a file, found by package and name.

The second line of a file says what it does; parameters are named, `%(unit)s`.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def statement(package: str, name: str) -> str:
    """The text of `ansinh/PACKAGE/sql/NAME.sql`."""
    return (files("ansinh") / package / "sql" / f"{name}.sql").read_text(encoding="utf-8")
