# SPDX-License-Identifier: MPL-2.0
"""Recording documents and issuing the orders in them to units, level by level."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, connection, transaction

from ansinh.audit.actions import record
from ansinh.directives.lifecycles import DIRECTIVE, DirectiveState
from ansinh.directives.measures import is_known
from ansinh.directives.models import Directive, Document, DocumentReference, Order, Task
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.statements import statement
from ansinh.vault import store

LARGEST_FILE = 20 * 1024 * 1024  # a scanned letter of 60 pages; the page says so before it is sent


class DocumentKnown(Refusal):
    """The document is recorded already; fields: number."""

    code = "DOCUMENT_KNOWN"


class FileTooLarge(Refusal):
    """A file above the limit; fields: limit_mb."""

    code = "STEERING_FILE_TOO_LARGE"


class DirectiveIssuedAlready(Refusal):
    """Orders are added while the directive is a draft only."""

    code = "DIRECTIVE_ISSUED"


class DirectiveEmpty(Refusal):
    """Nothing is ordered, or nobody is there to receive it."""

    code = "DIRECTIVE_EMPTY"


class DueBeforeIssue(Refusal):
    """An order is due before its document; fields: due, issued."""

    code = "ORDER_DUE_BEFORE_ISSUE"


class MeasureUnknown(Refusal):
    """Nothing counts under this name; fields: measure."""

    code = "ORDER_MEASURE_UNKNOWN"


@dataclass(frozen=True, slots=True)
class Attached:
    """A file as it was sent."""

    name: str
    content: bytes

    def kept(self) -> bytes:
        """Its hash in the store. Raises `FileTooLarge`."""
        if len(self.content) > LARGEST_FILE:
            raise FileTooLarge(limit_mb=LARGEST_FILE // 1024 // 1024)
        return store.put(self.content)


@dataclass(frozen=True, slots=True)
class Ordered:
    """One order of a directive, as it is written down. `addressee`: agency (departments of the issuing
    unit), below (units directly below) or communes (those, and under them every commune)."""

    words: str
    addressee: str
    due_on: date
    paragraph: str = ""
    agencies: tuple[str, ...] = ()
    measure: str = ""
    target_percent: int | None = None


def record_document(
    *,
    number: str,
    issued_on: date,
    issuer: str,
    kind: str,
    abstract: str,
    refers_to: Iterable[int] = (),
    file: Attached | None = None,
    by: Officer,
    at: datetime,
) -> Document:
    """Record a document with its file and what it refers to (document ids). Raises `DocumentKnown` or
    `FileTooLarge`."""
    sha256 = file.kept() if file is not None else None
    try:
        with transaction.atomic():
            made = Document.objects.create(
                number=number.strip(), issued_on=issued_on, issuer=issuer.strip(), kind=kind.strip(),
                abstract=abstract.strip(), file_sha256=sha256, file_name=file.name[:200] if file else "",
                recorded_at=at, recorded_by=by,
            )  # fmt: skip
            DocumentReference.objects.bulk_create(
                DocumentReference(document=made, refers_to_id=other) for other in sorted(set(refers_to))
            )
            record(
                by=by.pk, at=at, act="directives.record_document", subject="document", subject_id=made.pk,
                details={"number": made.number, "file": sha256.hex() if sha256 else ""},
            )  # fmt: skip
    except IntegrityError as known:
        raise DocumentKnown(number=number) from known
    return made


def draft_directive(
    *, document_id: int, unit_id: int, orders: Sequence[Ordered], by: Officer, at: datetime
) -> Directive:
    """Write down what a document orders. Raises `DueBeforeIssue`, `MeasureUnknown` or `DocumentKnown`."""
    document = Document.objects.get(pk=document_id)
    try:
        with transaction.atomic():
            made = Directive.objects.create(document=document, unit_id=unit_id, made_by=by, made_at=at)
            for each in orders:
                _add(made, each)
            _recorded("directives.draft", made, by=by, at=at, details={"orders": len(orders)})
    except IntegrityError as known:
        raise DocumentKnown(number=document.number) from known
    return made


def _add(directive: Directive, ordered: Ordered) -> Order:
    issued = directive.document.issued_on
    if ordered.due_on < issued:
        raise DueBeforeIssue(due=ordered.due_on, issued=issued)
    if ordered.measure and not is_known(ordered.measure):
        raise MeasureUnknown(measure=ordered.measure)
    return Order.objects.create(
        directive=directive, position=directive.orders.count() + 1, paragraph=ordered.paragraph,
        words=ordered.words.strip(), addressee=ordered.addressee, agencies=list(ordered.agencies),
        due_on=ordered.due_on, measure=ordered.measure, target_percent=ordered.target_percent,
    )  # fmt: skip


def add_order(*, directive_id: int, ordered: Ordered, by: Officer, at: datetime) -> Order:
    """Add one order to a draft. Raises `DirectiveIssuedAlready`, `DueBeforeIssue` or `MeasureUnknown`."""
    with transaction.atomic():
        found = (
            Directive.objects.select_for_update(of=("self",)).select_related("document").get(pk=directive_id)
        )
        if found.state != DirectiveState.DRAFT.value:
            raise DirectiveIssuedAlready
        made = _add(found, ordered)
        _recorded("directives.add_order", found, by=by, at=at, details={"order": made.pk})
    return made


def _recorded(
    act: str, found: Directive, *, by: Officer, at: datetime, details: dict[str, object] | None = None
) -> None:
    record(
        by=by.pk, at=at, act=act, subject="directive", subject_id=found.pk, unit_id=found.unit_id,
        details=details,
    )  # fmt: skip


def issue_directive(*, directive_id: int, by: Officer, at: datetime, on: date) -> int:
    """Give every order to its units in a fixed number of statements, however many units there are;
    returns how many tasks. Raises `DirectiveEmpty` or `NotFromThisState`."""
    with transaction.atomic():
        found = Directive.objects.select_for_update().get(pk=directive_id)
        target = DIRECTIVE.apply(DirectiveState(found.state), "issue")
        Directive.objects.filter(pk=found.pk).update(state=target.value, issued_at=at)
        with connection.cursor() as cursor:
            cursor.execute(
                statement("directives", "give_tasks"),
                {"unit": found.unit_id, "on": on, "directive": found.pk, "at": at},
            )
        given = Task.objects.filter(order__directive=found).count()
        if given == 0:
            raise DirectiveEmpty
        _recorded("directives.issue", found, by=by, at=at, details={"tasks": given})
    return given


def close_directive(*, directive_id: int, by: Officer, at: datetime) -> None:
    """Say that a directive is carried out. Raises `NotFromThisState`."""
    _end(directive_id, "close", by=by, at=at)


def withdraw_directive(*, directive_id: int, by: Officer, at: datetime) -> None:
    """Give a draft up. Raises `NotFromThisState`."""
    _end(directive_id, "withdraw", by=by, at=at)


def _end(directive_id: int, event: str, *, by: Officer, at: datetime) -> None:
    with transaction.atomic():
        found = Directive.objects.select_for_update().get(pk=directive_id)
        target = DIRECTIVE.apply(DirectiveState(found.state), event)
        Directive.objects.filter(pk=found.pk).update(state=target.value)
        _recorded(f"directives.{event}", found, by=by, at=at)
