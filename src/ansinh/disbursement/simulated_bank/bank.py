# SPDX-License-Identifier: MPL-2.0
"""The bank's books and what it does with an envelope.

Every fault is decided by the seed, the name of the knob and what it strikes, never by when it is
asked: the same seed gives the same bank whichever process asks first.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass

from ansinh.disbursement.simulated_bank.files import Order, answer_files, orders_of, statement_of

KNOBS: Mapping[str, str] = {
    "drop": "an envelope is lost on the way: nothing is taken, nothing is said",
    "silent": "an envelope is taken and no answer comes",
    "html": "an envelope is taken and the answer is a page for people",
    "delay": "an answer comes late",
    "forgetful": "the idempotency key means nothing to this bank",
    "account_closed": "an order fails: the account is closed",
    "wrong_holder": "an order fails: the holder has another name",
    "return_later": "an order is paid and comes back",
    "duplicate": "a line, and the whole file, is sent again",
    "reorder": "the lines of a file come in any order",
    "truncate": "a file that was cut comes first",
    "contradict": "a line says the opposite of another",
    "wrong_amount": "a line says another amount",
    "unknown_id": "a line is about somebody else's order",
    "pending": "an order has no answer in the first file",
}
TABLES = """
CREATE TABLE IF NOT EXISTS books (book TEXT PRIMARY KEY, seed INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS knobs (book TEXT, knob TEXT, chance INTEGER, PRIMARY KEY (book, knob));
CREATE TABLE IF NOT EXISTS envelopes (
    book TEXT, reference TEXT, token INTEGER, sha256 TEXT, form TEXT, asked INTEGER DEFAULT 0,
    PRIMARY KEY (book, reference));
CREATE TABLE IF NOT EXISTS orders (
    id INTEGER PRIMARY KEY, book TEXT, envelope TEXT, reference TEXT, account TEXT, holder TEXT,
    amount INTEGER, remark TEXT, status TEXT, reason TEXT, bank_reference TEXT);
CREATE INDEX IF NOT EXISTS orders_of_envelope ON orders (book, envelope);
"""


class OldTokenError(Exception):
    """A dispatch with an older fencing token than one that was seen."""


class OtherBodyError(Exception):
    """The key was used before with other bytes."""


class NoAnswerError(Exception):
    """The bank took it, or not, and says nothing: a time-out."""


@dataclass(frozen=True, slots=True)
class Account:
    """What the bank moved for one order: times out, times back, đồng each time."""

    out: int
    back: int
    amount: int


class SimulatedBank:
    """One bank. `knobs` are chances in a hundred of each fault; `seed` makes it repeatable. Several
    banks (`book`) may lie in one file (`path`)."""

    def __init__(
        self, seed: int = 1, knobs: Mapping[str, int] | None = None, *, path: str = "file::memory:",
        book: str = "bank",
    ) -> None:  # fmt: skip
        self.path, self.book = path, book
        self._kept = sqlite3.connect(path, uri=True) if ":memory:" in path else None
        with self._books() as books:
            books.executescript(TABLES)
        if knobs is not None or self._kept is not None:
            self.set(seed=seed, knobs=knobs or {})

    @contextmanager
    def _books(self) -> Iterator[sqlite3.Connection]:
        if self._kept is not None:
            with self._kept:
                yield self._kept
            return
        with closing(sqlite3.connect(self.path, uri=True, timeout=30)) as opened:
            opened.execute("PRAGMA journal_mode = WAL")
            opened.execute("PRAGMA synchronous = NORMAL")
            with opened:
                opened.execute("BEGIN IMMEDIATE")
                yield opened

    def set(self, *, seed: int, knobs: Mapping[str, int]) -> None:
        """Turn the knobs. Raises `KeyError` for one that there is not."""
        for knob in knobs:
            KNOBS[knob]
        with self._books() as books:
            books.execute("INSERT OR REPLACE INTO books VALUES (?, ?)", (self.book, seed))
            books.execute("DELETE FROM knobs WHERE book = ?", (self.book,))
            books.executemany(
                "INSERT INTO knobs VALUES (?, ?, ?)",
                [(self.book, knob, chance) for knob, chance in knobs.items()],
            )

    def strikes(self, books: sqlite3.Connection, knob: str, what: object) -> bool:
        """Whether a fault strikes something, always the same for the same seed."""
        found = books.execute(
            "SELECT chance, (SELECT seed FROM books WHERE book = knobs.book) FROM knobs WHERE book = ? AND"
            " knob = ?", (self.book, knob),
        ).fetchone()  # fmt: skip
        if found is None or found[0] == 0:
            return False
        return int(_drawn(f"{found[1]}:{knob}:{what}")) % 100 < int(found[0])

    def submit(self, *, reference: str, token: int, content: bytes, form: str = "bulk_bin") -> str:
        """Take one envelope, once a reference. Raises `OldTokenError`, `OtherBodyError`, `ValueError`
        (the file cannot be read, nothing is taken) or `NoAnswerError`."""
        sha256 = hashlib.sha256(content).hexdigest()
        with self._books() as books:
            known = books.execute(
                "SELECT token, sha256, asked FROM envelopes WHERE book = ? AND reference = ?",
                (self.book, reference),
            ).fetchone()
            if known and token < known[0]:
                raise OldTokenError(reference)
            if known and sha256 != known[1]:
                raise OtherBodyError(reference)
            lost = not known and self.strikes(books, "drop", f"{reference}.{token}")
            if not lost and (not known or self.strikes(books, "forgetful", "always")):
                self._pay_all(books, reference, orders_of(content, form))
            if not lost:
                books.execute(
                    "INSERT INTO envelopes (book, reference, token, sha256, form) VALUES (?, ?, ?, ?, ?)"
                    " ON CONFLICT (book, reference) DO UPDATE SET token = excluded.token",
                    (self.book, reference, token, sha256, form),
                )
            silent = self.strikes(books, "silent", f"{reference}.{token}")
        if lost or silent:
            raise NoAnswerError(reference)
        return "accepted"

    def _pay_all(self, books: sqlite3.Connection, envelope: str, orders: list[Order]) -> None:
        for order in orders:
            order.bank_reference = f"FT{_drawn(f'{envelope}:{order.reference}') % 10**10:010d}"
            if self.strikes(books, "account_closed", order.reference):
                order.status, order.reason = "FAILED", "AC04"
            elif self.strikes(books, "wrong_holder", order.reference):
                order.status, order.reason = "FAILED", "BE01"
            elif self.strikes(books, "return_later", order.reference):
                order.status, order.reason = "RETURNED", "AC01"
            books.execute(
                "INSERT INTO orders (book, envelope, reference, account, holder, amount, remark, status,"
                " reason, bank_reference) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (self.book, envelope, order.reference, order.account, order.holder, order.amount,
                 order.remark, order.status, order.reason, order.bank_reference),
            )  # fmt: skip

    def enquire(self, *, reference: str) -> str:
        """What became of an envelope: `accepted` or `unknown`."""
        return "accepted" if self.sha256_of(reference=reference) else "unknown"

    def sha256_of(self, *, reference: str) -> str:
        """The hash of the bytes that were taken under a reference, '' if none were."""
        with self._books() as books:
            found = books.execute(
                "SELECT sha256 FROM envelopes WHERE book = ? AND reference = ?", (self.book, reference)
            ).fetchone()
        return str(found[0]) if found else ""

    def form_of(self, *, reference: str) -> str:
        """The form in which an envelope came. Raises `KeyError` for one that did not."""
        with self._books() as books:
            found = books.execute(
                "SELECT form FROM envelopes WHERE book = ? AND reference = ?", (self.book, reference)
            ).fetchone()
        if found is None:
            raise KeyError(reference)
        return str(found[0])

    def times_asked(self, *, reference: str) -> int:
        """How often the results of an envelope were asked for."""
        with self._books() as books:
            found = books.execute(
                "SELECT asked FROM envelopes WHERE book = ? AND reference = ?", (self.book, reference)
            ).fetchone()
        return int(found[0]) if found else 0

    def asked(self, *, knob: str, what: object) -> bool:
        """Whether a fault strikes something, for the server."""
        with self._books() as books:
            return self.strikes(books, knob, what)

    def results(self, *, reference: str) -> list[bytes]:
        """Result files of an envelope, as well or badly as the knobs say; complete when asked again."""
        with self._books() as books:
            found = books.execute(
                "SELECT form, asked FROM envelopes WHERE book = ? AND reference = ?", (self.book, reference)
            ).fetchone()
            if found is None:
                return []
            books.execute(
                "UPDATE envelopes SET asked = asked + 1 WHERE book = ? AND reference = ?",
                (self.book, reference),
            )
            return answer_files(
                self._orders(books, reference), form=found[0], envelope=reference, turn=int(found[1]),
                strikes=lambda knob, what: self.strikes(books, knob, what),
            )  # fmt: skip

    def _orders(self, books: sqlite3.Connection, reference: str = "") -> list[Order]:
        rows = books.execute(
            "SELECT reference, account, holder, amount, remark, status, reason, bank_reference FROM orders"
            " WHERE book = ? AND (? = '' OR envelope = ?) ORDER BY id", (self.book, reference, reference),
        )  # fmt: skip
        return [Order(*row) for row in rows]

    def statement(self, *, account: str, day: str, opening: int) -> bytes:
        """The statement of the paying account for everything that was moved (camt.053)."""
        with self._books() as books:
            return statement_of(self._orders(books), account=account, day=day, opening=opening)

    def count(self) -> dict[str, Account]:
        """The bank's own count: what it moved out and back, by end-to-end id."""
        with self._books() as books:
            rows = books.execute(
                "SELECT reference, sum(status <> 'FAILED'), sum(status = 'RETURNED'), max(amount) FROM orders"
                " WHERE book = ? GROUP BY reference", (self.book,),
            ).fetchall()  # fmt: skip
        return {str(row[0]): Account(int(row[1]), int(row[2]), int(row[3])) for row in rows}

    @property
    def moved(self) -> Counter[str]:
        """Times that money went out, by reference."""
        return Counter({name: one.out for name, one in self.count().items() if one.out})


def _drawn(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
