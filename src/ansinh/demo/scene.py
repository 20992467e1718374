# SPDX-License-Identifier: MPL-2.0
"""What the demo's steps share, and what a step is. A stage's step module imports this, nothing of the
others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from django.db import transaction

from ansinh.approvals.actions import approve, open_group, open_submission
from ansinh.approvals.models import Submission
from ansinh.demo.invented import InventedCommune
from ansinh.demo.officers import DemoOfficer
from ansinh.demo.people import MONTH
from ansinh.demo.places import FIRST_COMMUNE
from ansinh.demo.places import PROVINCE as PROVINCE_CODE
from ansinh.demo.province import province
from ansinh.legislation.load import load
from ansinh.places.models import Unit
from ansinh.places.queries import unit_on, with_history
from ansinh.registry.models import Person
from ansinh.registry.records import NUMBER, indexed_or_none
from ansinh.staff.models import Officer
from ansinh.staff.scope import limit_to, open_to_all

PLAYS_ON = date(2024, 3, 1)  # the letter was issued the day before
PROVINCE, COMMUNE = PROVINCE_CODE, FIRST_COMMUNE  # Quảng Nam; Cẩm Thanh in Hội An
APPROVERS = ("lanh-dao-so", "ke-toan-so")
READING = timedelta(seconds=30)
KEPT_PEOPLE = 30_000  # above that each step invents the province again rather than keep it in memory


def moment(on: date) -> datetime:
    """Nine in the morning of a day in Viet Nam: when an act of that day was done."""
    return datetime(on.year, on.month, on.day, 2, tzinfo=UTC)


def _say_nothing(_done: int, _total: int) -> None:
    """No progress bar."""


@dataclass(slots=True)
class Scene:
    """When it plays, what time it is, how much of the province, and the figures found so far.

    `advance(done, total)` moves the step's progress bar. `folder` is where files are written.
    """

    on: date
    at: datetime
    folder: Path
    seed: int = 1
    communes: int = 2
    people: int = 1_000
    cast: list[DemoOfficer] = field(default_factory=list)
    figures: dict[str, object] = field(default_factory=dict)
    advance: Callable[[int, int], None] = _say_nothing
    kept: list[InventedCommune] = field(default_factory=list)

    def invented(self) -> Iterator[InventedCommune]:
        """The province, commune by commune: the same whenever it is asked for."""
        if self.kept:
            yield from self.kept
            return
        found = province(seed=self.seed, many_communes=self.communes, people=self.people, law=load())
        if self.people > KEPT_PEOPLE:
            yield from found
            return
        self.kept = list(found)
        yield from self.kept

    def unit(self, invented: InventedCommune) -> Unit:
        """The commune as the house knows it."""
        return unit_on(code=invented.commune.code, on=self.on)

    def province(self) -> Unit:
        """The province as the house knows it."""
        return unit_on(code=PROVINCE, on=self.on)

    def register_of(self, invented: InventedCommune, unit: Unit) -> dict[str, Person]:
        """key -> the record of each invented person of a commune, within the transaction's scope."""
        living = Person.objects.filter(commune=unit, merged_into__isnull=True)
        by_number, by_name = {}, {}
        for each in living:
            if each.number_bidx is not None:
                by_number[bytes(each.number_bidx)] = each
            else:
                by_name[each.name, each.born_on] = each
        numbers = [person.number for person in invented.people]
        indexes = indexed_or_none(NUMBER, numbers)
        found = {}
        for person, index in zip(invented.people, indexes, strict=True):
            record = by_number.get(index) if index else by_name.get((person.name, person.born.earliest))
            if record is not None:
                found[person.key] = record
        return found

    def approve_by_two(self, submission_id: int) -> None:
        """Two of the province's approvers read a submission for a while, then approve what they saw."""
        for username in APPROVERS:
            officer = self.officer(username)
            with self.everywhere():
                open_submission(submission_id=submission_id, by=officer, at=self.at)
                submission = Submission.objects.get(pk=submission_id)
                content = bytes(submission.content_sha256).hex()
                for group in submission.groups:
                    open_group(subject=submission.subject, subject_id=submission.subject_id, group=group,
                               by=officer, at=self.at)  # fmt: skip
                approve(submission_id=submission_id, content_sha256=content, by=officer,
                        at=self.at + READING, on=self.on)  # fmt: skip

    def officer(self, username: str) -> Officer:
        """One of the invented officers."""
        return Officer.objects.get(username=username)

    @contextmanager
    def within(self, unit: Unit) -> Iterator[None]:
        """A transaction that sees a commune's rows, as an officer's page would."""
        with transaction.atomic():
            limit_to(unit_ids=with_history(unit_ids=[unit.pk]))
            yield

    @contextmanager
    def everywhere(self) -> Iterator[None]:
        """A transaction that sees every row, as the province's would."""
        with transaction.atomic():
            open_to_all()
            yield


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what it does in plain words, and the act, which returns its figure in words."""

    label: str
    act: Callable[[Scene], str]


__all__ = ["COMMUNE", "MONTH", "PLAYS_ON", "PROVINCE", "Scene", "Step", "moment"]
