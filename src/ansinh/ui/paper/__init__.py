# SPDX-License-Identifier: MPL-2.0
"""Official papers as PDF: a stage keeps a small typst file, this makes the paper from it and from data.

Values are data, never markup: a name with signs of the layout language prints as it is written. Nothing is
read but the package's own files and nothing is fetched (docs/reference/papers.md).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

PACKAGE = Path(__file__).resolve().parents[2]
FONTS = PACKAGE / "ui" / "static" / "vendor" / "paper"
MOST_ROWS = 2_000  # memory grows with the pages: a longer list is several papers


class TooManyRowsError(Exception):
    """A paper of more than `MOST_ROWS` rows: the caller makes several."""


def _inputs(template: str, data: Mapping[str, Any]) -> dict[str, Any]:
    for value in data.values():
        if isinstance(value, list) and len(value) > MOST_ROWS:
            raise TooManyRowsError(f"{template}: {len(value)} rows")
    return {
        "input": str(PACKAGE / template), "root": str(PACKAGE), "font_paths": [str(FONTS)],
        "ignore_system_fonts": True, "sys_inputs": {"data": json.dumps(data, ensure_ascii=False)},
    }  # fmt: skip


def pdf(*, template: str, data: Mapping[str, Any], tagged: bool = True) -> bytes:
    """The paper that `template` (a typst file below the package, such as `population/paper/minutes.typ`)
    makes of `data`. `tagged`: with the marks that screen readers follow; of thousands of rows they are
    ten times the paper and most of its time. Raises `TooManyRowsError`."""
    made = typst.compile(**_inputs(template, data), format="pdf", pdf_tags=tagged)
    assert isinstance(made, bytes)
    return made


def pages(*, template: str, data: Mapping[str, Any]) -> int:
    """How many pages the paper has."""
    found = typst.query(**_inputs(template, data), selector="<pages>", field="value", one=True)
    return int(json.loads(found))
