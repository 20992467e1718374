# SPDX-License-Identifier: MPL-2.0
"""Where the rig keeps its server between two uses; asked for before Django is started."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path


def own_home() -> Path:
    """The rig's data folder, the same for the same checkout and user."""
    mark = hashlib.sha256(f"{Path(__file__).resolve()}{os.getuid()}".encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"ansinh-faults-{mark}"
