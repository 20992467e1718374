# SPDX-License-Identifier: MPL-2.0
"""Cash that lies with who pays: its limit, the count of the evening, what is brought back, and the papers
of a list."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction

from ansinh.audit.actions import record
from ansinh.disbursement.actions.cash import Scan
from ansinh.disbursement.models import PAPERS, CashBack, CashCount, CashLimit, Envelope, Paper
from ansinh.disbursement.queries import advances, cash_expected, rows
from ansinh.payees.actions.papers import scan_type
from ansinh.rules.money import format_vnd
from ansinh.rules.months import VIETNAM, Month
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.statements import statement
from ansinh.vault import store


class CashOverLimit(Refusal):
    """More cash, or for longer, than the decision allows would lie there; fields: places."""

    code = "CASH_OVER_LIMIT"


class LimitKnown(Refusal):
    """Another limit begins on that day; fields: day."""

    code = "CASH_LIMIT_KNOWN"


class CountNeedsNote(Refusal):
    """What was counted is not what must be there, and nobody says why; fields: expected, counted."""

    code = "CASH_COUNT_NEEDS_NOTE"


class BackTooMuch(Refusal):
    """More is brought back than was not collected; fields: owed."""

    code = "CASH_BACK_TOO_MUCH"


class BackKnown(Refusal):
    """The document was entered before; fields: document."""

    code = "CASH_BACK_KNOWN"


class PaperKindUnknown(Refusal):
    """No such kind of paper."""

    code = "CASH_PAPER_KIND"


def within_limits(*, envelope: Envelope, on: date) -> None:
    """Whether the cash of an envelope may leave today. Raises `CashOverLimit`."""
    found = rows(sql=statement("disbursement", "over_cash_limit"), values={"envelope": envelope.pk, "on": on})
    if found:
        raise CashOverLimit(
            places=[
                f"{each['commune']}: {format_vnd(each['would'])} / {format_vnd(each['most_vnd'])},"
                f" {(on - each['since']).days if each['since'] else 0} / {each['most_days']} ngày"
                for each in found
            ]
        )


def set_limit(
    *, commune_id: int, most_vnd: int, most_days: int, valid_from: date, decision: str, by: Officer,
    at: datetime,
) -> CashLimit:  # fmt: skip
    """Say how much cash may lie in a commune, and for how long. Raises `LimitKnown`."""
    try:
        with transaction.atomic():
            made = CashLimit.objects.create(
                commune_id=commune_id, most_vnd=most_vnd, most_days=most_days, valid_from=valid_from,
                decision=decision[:200], at=at, by=by,
            )  # fmt: skip
            record(
                by=by.pk, at=at, act="disbursement.set_cash_limit", subject="unit", subject_id=commune_id,
                unit_id=commune_id,
                details={"most_vnd": most_vnd, "most_days": most_days, "decision": decision[:200],
                         "from": valid_from.isoformat()},
            )  # fmt: skip
    except IntegrityError as twice:
        raise LimitKnown(day=f"{valid_from:%d/%m/%Y}") from twice
    return made


def count_cash(*, commune_id: int, counted_vnd: int, note: str, by: Officer, at: datetime) -> CashCount:
    """Write down what was counted this evening beside what must be there. Raises `CountNeedsNote`."""
    day = at.astimezone(VIETNAM).date()
    with transaction.atomic():
        expected = cash_expected(commune_id=commune_id, on=day)
        if expected != counted_vnd and not note.strip():
            raise CountNeedsNote(expected=format_vnd(expected), counted=format_vnd(counted_vnd))
        made = CashCount.objects.create(
            commune_id=commune_id, day=day, expected_vnd=expected, counted_vnd=counted_vnd,
            note=note.strip()[:300], at=at, by=by,
        )  # fmt: skip
        record(
            by=by.pk, at=at, act="disbursement.count_cash", subject="unit", subject_id=commune_id,
            unit_id=commune_id, details={"expected": expected, "counted": counted_vnd},
        )  # fmt: skip
    return made


def bring_back(
    *, commune_id: int, source: str, period: Month, amount_vnd: int, document: str, day: date, by: Officer,
    at: datetime,
) -> CashBack:  # fmt: skip
    """Cash of people who did not come is back, with the slip of the bank or the treasury. Raises
    `BackTooMuch` or `BackKnown`."""
    with transaction.atomic():
        rows(sql="SELECT pg_advisory_xact_lock(7702, %(commune)s::int)", values={"commune": commune_id})
        found = [
            each
            for each in advances(unit_ids=[commune_id], period=period.first_day)
            if each["source"] == source
        ]
        owed = int(found[0]["owed"]) if found else 0
        if CashBack.objects.filter(
            commune_id=commune_id, source=source, period=period.first_day, document=document[:120]
        ).exists():
            raise BackKnown(document=document[:120])
        if amount_vnd > owed:
            raise BackTooMuch(owed=format_vnd(owed))
        made = CashBack.objects.create(
            commune_id=commune_id, source=source, period=period.first_day, amount_vnd=amount_vnd,
            document=document[:120], day=day, at=at, by=by,
        )  # fmt: skip
        record(
            by=by.pk, at=at, act="disbursement.bring_back", subject="unit", subject_id=commune_id,
            unit_id=commune_id,
            details={"vnd": amount_vnd, "document": document[:120], "period": str(period), "source": source},
        )  # fmt: skip
    return made


def add_envelope_paper(*, envelope: Envelope, kind: str, scan: Scan, by: Officer, at: datetime) -> Paper:
    """Keep the signed list, a voucher or minutes with an envelope; the same scan once. Raises
    `PaperKindUnknown`, `PaperTooLarge` or `PaperUnknown`."""
    if kind not in PAPERS:
        raise PaperKindUnknown
    mime = scan_type(name=scan.name, content=scan.content)
    with transaction.atomic():
        sha256 = store.put(scan.content)
        made, new = Paper.objects.get_or_create(
            envelope=envelope, sha256=sha256,
            defaults={"commune_id": envelope.unit_id, "kind": kind, "name": scan.name[:200], "mime": mime,
                      "added_at": at, "added_by": by},
        )  # fmt: skip
        if new:
            record(
                by=by.pk, at=at, act="disbursement.add_paper", subject="envelope", subject_id=envelope.pk,
                unit_id=envelope.unit_id, details={"kind": kind, "sha256": sha256.hex()},
            )  # fmt: skip
    return made
