# SPDX-License-Identifier: MPL-2.0
"""The chain itself, with the standard library only, so that an auditor can verify an export on a
machine without An Sinh: `python chain.py EXPORT.jsonl [SEQ:HASH]`.

A line of an export is `{"seq": 1, "hash": "…", "event": {…}}`. The hash of a line is SHA-256 of the
previous hash (32 zero bytes before the first) followed by the event as canonical JSON: keys
sorted, no spaces, UTF-8, no floats (RFC 8785 for such values).
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

GENESIS = bytes(32)


@dataclass(frozen=True, slots=True)
class Link:
    """One sealed event as read back. `event` is None when the row is gone."""

    seq: int
    hash: bytes
    event: Mapping[str, object] | None


@dataclass(slots=True)
class Report:
    """What verification found. `head` is what to keep outside: `SEQ:HASH`."""

    sealed: int = 0
    head: str = f"0:{GENESIS.hex()}"
    problem: str = ""

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problem


def canonical(event: Mapping[str, object]) -> bytes:
    """The bytes that are hashed."""
    return json.dumps(
        event, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def next_hash(previous: bytes, event: Mapping[str, object]) -> bytes:
    """The hash of the next link."""
    return hashlib.sha256(previous + canonical(event)).digest()


def verify(links: Iterable[Link], *, anchor: str | None = None) -> Report:
    """Walk the chain. Finds an edited event, a deleted one, a gap, a replaced hash and, against an
    anchor kept outside, a truncated tail or a chain that was computed anew."""
    report = Report()
    anchor_seq, anchor_hash = _anchor(anchor)
    previous = GENESIS
    for link in links:
        expected_seq = report.sealed + 1
        if link.seq != expected_seq:
            report.problem = f"seal {expected_seq} is missing (found {link.seq})"
            return report
        if link.event is None:
            report.problem = f"the event of seal {link.seq} was deleted"
            return report
        found = next_hash(previous, link.event)
        if found != link.hash:
            report.problem = f"the event of seal {link.seq} was changed (event {link.event.get('id')})"
            return report
        if link.seq == anchor_seq and found != anchor_hash:
            report.problem = f"seal {link.seq} differs from the anchor kept outside"
            return report
        previous = found
        report.sealed = link.seq
        report.head = f"{link.seq}:{found.hex()}"
    if report.sealed < anchor_seq:
        report.problem = f"the tail is gone: {report.sealed} seals, the anchor names {anchor_seq}"
    return report


def _anchor(anchor: str | None) -> tuple[int, bytes]:
    if not anchor:
        return 0, GENESIS
    seq, _colon, mark = anchor.partition(":")
    return int(seq), bytes.fromhex(mark)


def read_export(path: Path) -> Iterator[Link]:
    """The links of an export file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            entry = json.loads(line)
            yield Link(entry["seq"], bytes.fromhex(entry["hash"]), entry["event"])


if __name__ == "__main__":
    outcome = verify(read_export(Path(sys.argv[1])), anchor=sys.argv[2] if len(sys.argv) > 2 else None)
    print(outcome.problem or f"OK, {outcome.sealed} sealed events, head {outcome.head}")  # noqa: T201
    raise SystemExit(0 if outcome.ok else 1)
