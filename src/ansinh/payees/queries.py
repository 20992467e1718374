# SPDX-License-Identifier: MPL-2.0
"""Questions about payees. Row-level security bounds every answer to the transaction's scope."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import Count, Q, QuerySet

from ansinh.payees.lifecycles import DATED, PLACE, PlaceState
from ansinh.payees.models import Account, Case, EnquiryLine, Incapacity, Mandate, Place, Round
from ansinh.payees.periods import for_period, rule_on
from ansinh.registry.models import Person
from ansinh.registry.records import NUMBER as PERSON_NUMBER
from ansinh.registry.records import born_of
from ansinh.rules.months import Month
from ansinh.rules.names import fold_name
from ansinh.rules.payees import is_minor
from ansinh.statements import statement
from ansinh.vault.sealing import blind_index


def is_incapable(*, person_id: int, on: date) -> bool:
    """Whether a court's finding holds for somebody on a day."""
    open_on = Q(until__isnull=True) | Q(until__gt=on)
    return Incapacity.objects.filter(open_on, person_id=person_id, since__lte=on).exists()


def current_account(*, person_id: int, mandate_id: int | None) -> Account | None:
    """The approved account that nothing has ended yet, or None."""
    states = [state.value for state in DATED]
    under = Q(mandate_id=mandate_id) if mandate_id is not None else Q(mandate__isnull=True)
    return Account.objects.filter(
        under, person_id=person_id, state__in=states, usable_until__isnull=True
    ).first()


@dataclass(frozen=True, slots=True)
class GroupCounts:
    """How many stand in each group, and why: a partition, so the sums are the beneficiaries."""

    month: Month
    groups: dict[str, int]
    whys: dict[str, int]

    @property
    def beneficiaries(self) -> int:
        """Everybody with an award in the month."""
        return sum(self.groups.values())


def group_counts(*, unit_ids: Iterable[int], month: Month) -> GroupCounts:
    """The groups of some communes in a month; part of the caller's transaction and scope."""
    for_period(month=month)
    groups, whys = dict.fromkeys("ABCDEF", 0), dict[str, int]()
    with connection.cursor() as cursor:
        cursor.execute(statement("payees", "count_groups"), {"communes": list(unit_ids)})
        for group, why, count in cursor.fetchall():
            groups[group] += count
            whys[why] = whys.get(why, 0) + count
    return GroupCounts(month, groups, whys)


def round_figures(*, round_id: int) -> dict[str, dict[str, int]]:
    """hamlet -> state -> how many, of one round: the board, the report and the minutes read these."""
    found: dict[str, dict[str, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(statement("payees", "round_figures"), {"round": round_id})
        for hamlet, state, count in cursor.fetchall():
            found.setdefault(hamlet, {})[state] = count
    return found


def rule_precision() -> dict[str, tuple[int, int]]:
    """rule -> (decided cases that were something, decided cases): a useless rule is retired."""
    rows = (
        Case.objects.filter(state="closed")
        .values_list("rule")
        .annotate(something=Count("pk", filter=~Q(outcome="legitimate")), decided=Count("pk"))
    )
    return {rule: (something, decided) for rule, something, decided in rows}


TABS: dict[str, tuple[str, ...]] = {
    "cho": ("declared", "format_checked", "identity_checked", "holder_checked"),
    "nhan-than": ("format_checked", "identity_failed"),
    "hoi-ten": ("identity_checked",),
    "duyet": ("holder_checked",),
    "loi": ("format_failed", "identity_failed", "holder_failed", "suspended"),
    "dang-dung": ("approved", "active"),
}


def accounts(*, tab: str, commune: int | None, bank: str, text: str) -> QuerySet[Account]:
    """Accounts of a tab of the queue, the oldest first. `ten`: names that are not equal."""
    found = Account.objects.select_related("person", "commune", "mandate", "made_by").order_by(
        "made_at", "pk"
    )
    if tab == "ten":
        close = Q(state="identity_checked", name_match="close")
        found = found.filter(close | Q(state="holder_failed", name_match__in=["close", "different"]))
    else:
        found = found.filter(state__in=TABS.get(tab, TABS["cho"]))
    if commune:
        found = found.filter(commune_id=commune)
    if bank:
        found = found.filter(bank=bank)
    words = text.strip()
    if words.isdigit():
        found = found.filter(number_last4=words[-4:])
    elif words:
        for word in fold_name(words).split():
            found = found.filter(person__name_folded__contains=word)
    return found


def account_tabs() -> dict[str, int]:
    """How many accounts stand in each tab, in one statement."""
    rows = dict(Account.objects.values_list("state").annotate(many=Count("pk")))
    found = {tab: sum(rows.get(state, 0) for state in states) for tab, states in TABS.items()}
    return found | {"ten": accounts(tab="ten", commune=None, bank="", text="").count()}


def banks_in_use() -> list[str]:
    """Codes of the institutions that hold accounts in scope."""
    return list(Account.objects.values_list("bank", flat=True).distinct().order_by("bank"))


def check_steps(*, account: Account) -> list[tuple[str, str]]:
    """The four checks of an account as (name, done | now | failed | later), for the stepper."""
    order = ("format", "identity", "holder", "approval")
    passed = {
        "declared": 0, "format_checked": 1, "format_failed": 0, "identity_checked": 2, "identity_failed": 1,
        "holder_checked": 3, "holder_failed": 2, "refused": 3,
    }.get(account.state, 0 if account.usable_from is None else 4)  # fmt: skip
    failed = account.state.endswith("_failed") or account.state == "refused"
    return [
        (name, "done" if at < passed else "later" if at > passed else "failed" if failed else "now")
        for at, name in enumerate(order)
    ]


def needs_representative(*, person: Person, on: date) -> bool:
    """Whether somebody may not hold an account alone on a day."""
    return is_minor(person.born_on, on, rule_on(on=on)) or is_incapable(person_id=person.pk, on=on)


def people_by_account_digits(*, digits: str) -> list[int]:
    """Ids of people whose account ends in these four digits, for the register's search."""
    if len(digits) != 4:
        return []
    return list(Account.objects.filter(number_last4=digits).values_list("person_id", flat=True)[:500])


def mandates(*, tab: str, commune: int | None, text: str, on: date) -> QuerySet[Mandate]:
    """Mandates of a tab: `hieu-luc`, `cho`, `sap-het` (within the reminder), `nhieu` (one for many)."""
    found = Mandate.objects.select_related("person", "commune").order_by("ends_on", "pk")
    soon = on + timedelta(days=rule_on(on=on).reminder_days)
    wanted = {
        "cho": Q(state="declared"),
        "sap-het": Q(state="active", ends_on__lte=soon),
        "nhieu": Q(state="active", over_alert=True),
        "da-het": Q(state__in=["ended", "revoked", "refused", "withdrawn"]),
    }
    found = found.filter(wanted.get(tab, Q(state="active")))
    if commune:
        found = found.filter(commune_id=commune)
    for word in fold_name(text).split():
        found = found.filter(person__name_folded__contains=word)
    return found


def mandate_counts(*, on: date) -> dict[str, int]:
    """How many mandates stand in each tab."""
    soon = on + timedelta(days=rule_on(on=on).reminder_days)
    return Mandate.objects.aggregate(
        living=Count("pk", filter=Q(state="active")),
        waiting=Count("pk", filter=Q(state="declared")),
        ending=Count("pk", filter=Q(state="active", ends_on__lte=soon)),
        many=Count("pk", filter=Q(state="active", over_alert=True)),
    )


def person_with_number(*, number: str) -> Person | None:
    """The person in scope with a citizen number, or None."""
    if not number:
        return None
    bidx = blind_index(column=PERSON_NUMBER, text=number)
    return Person.objects.filter(number_bidx=bidx, merged_into__isnull=True).first()


def unsettled(*, figures: dict[str, dict[str, int]]) -> int:
    """How many of a round are not settled yet."""
    return sum(
        count for row in figures.values() for state, count in row.items() if not PlaceState(state).is_settled
    )


def with_progress(*, rounds: list[Round]) -> list[tuple[Round, int, int]]:
    """(round, people, settled) of each, in one statement."""
    settled = [state.value for state in PlaceState if state.is_settled]
    rows = (
        Place.objects.filter(round__in=rounds)
        .values_list("round_id")
        .annotate(people=Count("pk"), done=Count("pk", filter=Q(state__in=settled)))
    )
    found = {pk: (people, done) for pk, people, done in rows}
    return [(each, *found.get(each.pk, (0, 0))) for each in rounds]


def places(*, round_id: int, hamlet: str | None, state: str, text: str) -> QuerySet[Place]:
    """The people of a round, in Vietnamese order; `hamlet` None: every one."""
    found = Place.objects.filter(round_id=round_id).select_related("person", "account", "changed_by")
    if hamlet is not None:
        found = found.filter(hamlet=hamlet)
    if state:
        found = found.filter(state=state)
    for word in fold_name(text).split():
        found = found.filter(person__name_folded__contains=word)
    return found.order_by("hamlet", "sort_key", "pk")


def place_events(*, place: Place) -> frozenset[str]:
    """What can happen to a place now."""
    return frozenset(PLACE.allowed(PlaceState(place.state)))


def neighbours(*, place: Place) -> tuple[int | None, int | None]:
    """(the place before, the place after) in the hamlet's list, for going through it."""
    same = Place.objects.filter(round_id=place.round_id, hamlet=place.hamlet)
    here = Q(sort_key=place.sort_key)
    before = same.filter(Q(sort_key__lt=place.sort_key) | (here & Q(pk__lt=place.pk)))
    after = same.filter(Q(sort_key__gt=place.sort_key) | (here & Q(pk__gt=place.pk)))
    first = before.order_by("-sort_key", "-pk").values_list("pk", flat=True).first()
    return first, after.order_by("sort_key", "pk").values_list("pk", flat=True).first()


def groups_by_commune(*, unit_ids: Iterable[int], month: Month) -> dict[int, dict[str, int]]:
    """commune -> group -> how many, in a month."""
    for_period(month=month)
    found: dict[int, dict[str, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(statement("payees", "groups_by_commune"), {"communes": list(unit_ids)})
        for commune, group, count in cursor.fetchall():
            found.setdefault(commune, dict.fromkeys("ABCDEF", 0))[group] = count
    return found


@dataclass(frozen=True, slots=True)
class GroupFilter:
    """Which people of the groups; empty means any."""

    group: str = ""
    commune: int | None = None
    hamlet: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class GroupPerson:
    """One line of the people behind a number."""

    person_id: int
    name: str
    commune: str
    hamlet: str
    born: str
    group: str
    why: str
    reasons: list[str]


def people_in_groups(
    *, wanted: GroupFilter, month: Month, offset: int, many: int
) -> tuple[list[GroupPerson], int]:
    """(people in Vietnamese order, how many there are) behind a number of a month."""
    for_period(month=month)
    with connection.cursor() as cursor:
        cursor.execute(
            statement("payees", "people_in_groups"),
            {
                "grp": wanted.group, "commune": wanted.commune, "hamlet": wanted.hamlet,
                "reason": wanted.reason, "offset": offset, "many": many,
            },
        )  # fmt: skip
        rows = cursor.fetchall()
    people = [
        GroupPerson(row[0], row[1], row[2], row[3], born_of(row[4], row[5]).vi, row[6], row[7], row[8])
        for row in rows
    ]
    return people, rows[0][9] if rows else 0


def rule_figures() -> list[tuple[str, int, int, int]]:
    """(rule, open cases, decided cases that were something, decided cases) of each rule."""
    rows = Case.objects.values_list("rule").annotate(
        waiting=Count("pk", filter=Q(state="open")),
        something=Count("pk", filter=Q(state="closed") & ~Q(outcome="legitimate")),
        decided=Count("pk", filter=Q(state="closed")),
    )
    return sorted(rows, key=lambda row: int(row[0][1:]))


def banks_to_ask() -> list[tuple[str, int]]:
    """(institution, accounts that wait for their holder's name and are not being asked about)."""
    asked = EnquiryLine.objects.filter(enquiry__state="sent").values("account_id")
    waiting = Account.objects.filter(state="identity_checked", name_match="").exclude(pk__in=asked)
    return list(waiting.values_list("bank").annotate(many=Count("pk")).order_by("-many", "bank"))


def group_of(*, person_id: int, month: Month) -> tuple[str, str]:
    """(group, why) of one person in a month; two empty words when they have no award in it."""
    for_period(month=month)
    with connection.cursor() as cursor:
        cursor.execute("SELECT grp, why FROM payees_grouped WHERE person_id = %s", [person_id])
        row = cursor.fetchone()
    return (row[0], row[1]) if row else ("", "")
