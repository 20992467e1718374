# SPDX-License-Identifier: MPL-2.0
"""Every failpoint that stands in the code of paying and proving it, read from the code itself."""

from __future__ import annotations

import re
from pathlib import Path

import ansinh

STAGES = ("disbursement", "reconciliation")
POINTS: list[str] = sorted(
    {
        name
        for stage in STAGES
        for path in (Path(ansinh.__file__).parent / stage).rglob("*.py")
        for name in re.findall(r'failpoint\("([a-z_.]+)"\)', path.read_text(encoding="utf-8"))
    }
)
