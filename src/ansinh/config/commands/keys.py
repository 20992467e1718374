# SPDX-License-Identifier: MPL-2.0
"""`ansinh keys …`."""

from __future__ import annotations

import click

from ansinh.ui.console import emit, progress
from ansinh.vault import columns
from ansinh.vault import keys as key_ring


@click.group()
def keys() -> None:
    """The keys of encrypted numbers: make them once, see their use, rotate them.

    They live in ANSINH_KEYS, outside the database. Whoever loses them loses the numbers; keep a
    sealed copy at the province.
    """


@keys.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def make(*, as_json: bool) -> None:
    """Make the key ring if there is none. Never replaces one."""
    made = key_ring.make()
    text = f"{'Đã tạo / made' if made else 'Đã có / exists'}: {key_ring.path()}"
    emit({"made": made, "path": str(key_ring.path())}, text, as_json=as_json)


@keys.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def status(*, as_json: bool) -> None:
    """How many values are sealed under which key."""
    current = key_ring.ring("encryption").current
    counts = columns.counts()
    lines = [f"Khóa hiện hành / current key: {current}"]
    lines += [f"  {name}: {by_key or '—'}" for name, by_key in counts.items()]
    emit({"current": current, "columns": counts}, "\n".join(lines), as_json=as_json)


@keys.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def rotate(*, as_json: bool) -> None:
    """Add a new encryption key and seal every value again with it, in short transactions.

    Safe to stop and to run again. The old key stays in the ring until you remove it; index keys
    are rotated as docs/reference/keys.md says.
    """
    new = key_ring.add("encryption")
    old = sum(n for by_key in columns.counts().values() for key, n in by_key.items() if key != new)
    done = 0
    with progress("Mã hóa lại / re-encrypting", total=old, quiet=as_json) as advance:
        for count in columns.reseal():
            done += count
            advance(count)
    emit({"key": new, "resealed": done}, f"{new}: {done}", as_json=as_json)
