# SPDX-License-Identifier: MPL-2.0
"""The fraud patterns D1-D26 of the catalogue, planted at known rates (docs/reference/demo.md).

Planting changes what a commune believes of a person, or the truth behind it, and writes down where.
Patterns that live in later acts (payments, receipts, approvals) are described here with the facts that
the stages need; a step that has those acts plants them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from ansinh.demo.invented import InventedPerson, Planted, Truth
from ansinh.demo.people import MONTH, amount_of, open_account
from ansinh.demo.places import Commune
from ansinh.rules.dates import PartialDate
from ansinh.rules.law import Law
from ansinh.rules.months import Month


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern: its number, what it is, how often it is planted (in 10,000 people; 0: nowhere yet)
    and where its facts live."""

    code: str
    what: str
    rate: int
    lives_in: str


PATTERNS: tuple[Pattern, ...] = (
    Pattern("D1", "người đã chết vẫn còn trong danh sách", 60, "register"),
    Pattern("D2", "báo chết nhưng còn sống", 0, "register events"),
    Pattern("D3", "số định danh không có trong CSDL dân cư, không khớp giới tính, năm sinh", 25, "register"),
    Pattern("D4", "một người hai hồ sơ", 25, "register"),
    Pattern("D5", "một số định danh ở hai xã", 15, "lists"),
    Pattern("D6", "nhiều người chung một tài khoản", 15, "accounts"),
    Pattern("D7", "tài khoản của cán bộ", 6, "accounts"),
    Pattern("D8", "đổi tài khoản ngay trước ngày chốt", 20, "account changes"),
    Pattern("D9", "đổi tài khoản rồi đổi lại", 8, "account changes"),
    Pattern("D10", "lâu không nhận, rồi có tài khoản mới", 8, "account changes"),
    Pattern("D11", "tên chủ tài khoản khác người hưởng", 40, "accounts"),
    Pattern("D12", "nâng tuổi để đủ điều kiện", 20, "register"),
    Pattern("D13", "nâng mức khuyết tật bởi cùng một cặp cán bộ", 0, "register changes"),
    Pattern("D14", "một người nhận thay cho nhiều người", 12, "mandates"),
    Pattern("D15", "phiếu chi tiền mặt quá đều", 0, "cash receipts"),
    Pattern("D16", "tiền chưa nhận không nộp lại", 0, "cash"),
    Pattern("D17", "đã chi nhưng người hưởng không được báo", 0, "notices"),
    Pattern("D18", "truy lĩnh lùi ngày", 25, "register"),
    Pattern("D19", "tiền quay về một tài khoản", 0, "bank feedback"),
    Pattern("D20", "cặp lập và duyệt thông đồng", 0, "approvals"),
    Pattern("D21", "duyệt ngoài giờ, nơi lạ", 0, "approvals"),
    Pattern("D22", "tổng ngay dưới hạn mức", 0, "payrolls"),
    Pattern("D23", "chi vượt kế hoạch, vượt dân số", 0, "payrolls"),
    Pattern("D24", "sửa cột không được sửa trong tệp mẫu", 0, "lists"),
    Pattern("D25", "giao rồi thu vai trò trong ngày", 0, "roles"),
    Pattern("D26", "kiểm tra ngẫu nhiên (đo tỷ lệ sai)", 0, "random visits"),
)
Plant = Callable[["Scene"], Planted | None]


@dataclass(slots=True)
class Scene:
    """Where a pattern is planted: the commune's people so far, and the people of the commune before
    (for a number in two places)."""

    random: Random
    commune: Commune
    people: list[InventedPerson]
    before: Sequence[InventedPerson]
    law: Law

    def someone(self, fits: Callable[[InventedPerson], bool] = lambda _person: True) -> InventedPerson | None:
        """A person without a fraud who fits; None when nobody was found in fifty tries."""
        for _try in range(50):
            found = self.random.choice(self.people)
            if not found.frauds and not found.joins and found.truth.died_on is None and fits(found):
                return found
        return None

    def planted(self, pattern: str, people: Sequence[InventedPerson], **facts: str) -> Planted:
        """Write it down, and mark the people."""
        for each in people:
            each.frauds = (*each.frauds, pattern)
        return Planted(pattern, self.commune.code, tuple(each.key for each in people), tuple(facts.items()))

    def next_key(self) -> str:
        """The key of one more record."""
        return f"{self.commune.code}-{len(self.people):04d}"


def _dead(scene: Scene) -> Planted | None:
    """Died some time after the award began, and stayed on the list."""
    latest = MONTH - 5
    person = scene.someone(
        lambda each: each.born.year < 1950 and all(award.first < latest for award in each.awards)
    )
    if person is None:
        return None
    since = max(max(award.first for award in person.awards), Month(2021, 12))
    month = since + scene.random.randint(1, max(since.until(MONTH - 2), 1))
    person.truth.died_on = month.first_day.replace(day=scene.random.randint(1, 28))
    return scene.planted("D1", [person], died_on=person.truth.died_on.isoformat())


def _ghost(scene: Scene) -> Planted | None:
    person = scene.someone()
    if person is None:
        return None
    person.truth.registered = False
    if scene.random.random() < 0.4:  # a number taken from somebody of the other sex
        digit = int(person.number[3])
        person.number = f"{person.number[:3]}{digit ^ 1}{person.number[4:]}"
        return scene.planted("D3", [person], number="other sex")
    return scene.planted("D3", [person], number="unknown to the register")


def _twin(scene: Scene) -> Planted | None:
    """The same human being with a second record: one word of the name otherwise, no citizen number
    or another one, the old number the same."""
    person = scene.someone(lambda each: bool(each.old_number) and len(each.awards) == 1)
    if person is None:
        return None
    award = replace(person.awards[0], decision_number=f"{9_000 + person.index}/QĐ-UBND")
    words = person.name.split()
    name = " ".join([words[0], *words[2:]]) if len(words) > 2 and scene.random.random() < 0.3 else person.name
    twin = InventedPerson(
        key=scene.next_key(), number="", old_number=person.old_number, name=name, born=person.born,
        sex=person.sex, ethnicity=person.ethnicity, hamlet=person.hamlet, phone=person.phone,
        household=person.household, disadvantaged_area=person.disadvantaged_area, awards=[award], group="C",
        truth=Truth(same_person_as=person.key, number=person.number, born=person.truth.born),
    )  # fmt: skip
    scene.people.append(twin)
    return scene.planted("D4", [person, twin], old_number="the same")


def _two_places(scene: Scene) -> Planted | None:
    """Somebody of the commune before stands on this commune's list too."""
    fitting = [
        each for each in scene.before[:300]
        if not each.frauds and len(each.awards) == 1 and not each.joins and not each.truth.died_on
    ]  # fmt: skip
    if not fitting:
        return None
    person = scene.random.choice(fitting)
    award = replace(person.awards[0], decision_number=f"{9_500 + person.index}/QĐ-UBND")
    copy = replace(
        person, key=scene.next_key(), hamlet=scene.random.choice(scene.commune.hamlets), awards=[award],
        account=None, proxy="", truth=Truth(same_person_as=person.key), frauds=(), old_number="", phone="",
    )  # fmt: skip
    scene.people.append(copy)
    person.frauds = (*person.frauds, "D5")
    return scene.planted("D5", [copy], also=person.key)


def _shared_account(scene: Scene) -> Planted | None:
    first = scene.someone(lambda each: each.account is not None and each.group in "AB")
    if first is None or first.account is None:
        return None
    sharing = {first.key: first}
    for _other in range(scene.random.choice((1, 1, 2, 3))):
        if other := scene.someone(lambda each: each.account is None and each.group in "CE"):
            sharing[other.key] = other
            other.account, other.group = replace(first.account, owner="stranger"), "B"
    if len(sharing) < 2:
        return None
    return scene.planted("D6", list(sharing.values()), account=first.account.number[-4:])


# The demo's own officers who receive for others.
OFFICIALS: tuple[tuple[str, str], ...] = (("ke-toan", "Phạm Thu Thuỷ"), ("diem-chi", "Y Blôk Êban"))


def _official(scene: Scene) -> Planted | None:
    person = scene.someone(lambda each: each.account is None and each.born.year < 1955)
    if person is None:
        return None
    username, name = scene.random.choice(OFFICIALS)
    account = open_account(
        Random(f"officer {username}"), holder=name, opened=Month(2020, 1), owner="stranger"
    )
    person.account, person.group, person.proxy = account, "B", f"officer:{username}"
    return scene.planted("D7", [person], officer=username)


def _late_change(scene: Scene) -> Planted | None:
    """A new account given in the last ten days before the list of a month is closed."""
    person = scene.someone(lambda each: each.group == "A" and each.account is not None)
    if person is None:
        return None
    on = date(2024, 3, scene.random.randint(16, 24))
    return scene.planted("D8", [person], changes_on=on.isoformat(), **_other_account(scene, person))


def _back_and_forth(scene: Scene) -> Planted | None:
    person = scene.someone(lambda each: each.group == "A" and each.account is not None)
    if person is None:
        return None
    return scene.planted(
        "D9", [person], changes_on="2024-03-04", back_on="2024-05-06", **_other_account(scene, person)
    )


def _dormant(scene: Scene) -> Planted | None:
    person = scene.someone(lambda each: each.account is None and each.born.year < 1950)
    if person is None:
        return None
    return scene.planted(
        "D10", [person], uncollected="3 periods", changes_on="2024-07-03", **_other_account(scene, person)
    )


def _other_account(scene: Scene, person: InventedPerson) -> dict[str, str]:
    account = open_account(scene.random, holder=person.name, opened=MONTH)
    return {"bank": account.bank, "number": account.number, "printed": account.printed}


def _other_holder(scene: Scene) -> Planted | None:
    person = scene.someone(
        lambda each: each.account is not None and each.account.owner == "self" and not each.proxy
    )
    if person is None or person.account is None:
        return None
    holder = scene.someone()
    assert holder is not None
    account = open_account(scene.random, holder=holder.name, opened=person.account.opened, owner="stranger")
    if account.printed == person.account.printed:
        return None
    person.account = account
    return scene.planted("D11", [person], printed=account.printed)


def _age_lift(scene: Scene) -> Planted | None:
    """The list makes somebody a few years older than the population register does, so that K5C fits."""
    person = scene.someone(lambda each: each.awards[0].code == "K5C" and 1940 <= each.born.year <= 1943)
    if person is None:
        return None
    truth = PartialDate(
        person.born.year + scene.random.randint(4, 7), person.born.month or 6, person.born.day or 15
    )
    person.truth.born, person.truth.name = truth, ""
    return scene.planted("D12", [person], born=truth.iso)


def _proxy_cluster(scene: Scene) -> Planted | None:
    """One person of the hamlet receives for four or more, of whom some are no relatives."""
    receiver = scene.someone(lambda each: 1955 < each.born.year < 1995)
    if receiver is None:
        return None
    near = [
        each for each in scene.people
        if each.hamlet == receiver.hamlet and each.key != receiver.key
        and not each.frauds and each.born.year < 1955 and not each.joins
    ]  # fmt: skip
    clients = near[: scene.random.randint(4, 6)]
    if len(clients) < 4:
        return None
    for each in clients:
        each.proxy, each.group, each.account = receiver.key, "D", None
    return scene.planted("D14", [receiver, *clients], proxy=receiver.key)


def _back_dated(scene: Scene) -> Planted | None:
    """A decision of February 2024 from a month that is long past."""
    person = scene.someone(lambda each: each.awards[0].code in {"K6_N", "K6_DBN", "THUONG_BINH", "K5C"} and
                           each.born.year < 1944)  # fmt: skip
    if person is None:
        return None
    award = person.awards[0]
    award.decided = date(2024, 2, scene.random.randint(5, 26))
    award.first = Month(2023, scene.random.randint(2, 6))
    award.amount_vnd = amount_of(scene.law, person, award)
    return scene.planted("D18", [person], first=str(award.first), decided=award.decided.isoformat())


PLANTS: dict[str, Plant] = {
    "D1": _dead, "D3": _ghost, "D4": _twin, "D5": _two_places, "D6": _shared_account, "D7": _official,
    "D8": _late_change, "D9": _back_and_forth, "D10": _dormant, "D11": _other_holder, "D12": _age_lift,
    "D14": _proxy_cluster, "D18": _back_dated,
}  # fmt: skip


def plant(
    *, seed: int, commune: Commune, people: list[InventedPerson], before: Sequence[InventedPerson], law: Law
) -> list[Planted]:
    """Plant every pattern in a commune at its rate; adds records to `people` where a pattern needs a
    second one. A rate of 60 in 10,000 means 0.6 % of the people, rounded by chance."""
    if not people:
        return []
    random = Random(f"frauds {seed} {commune.code}")
    scene = Scene(random, commune, people, before, law)
    many, found = len(people), []
    for pattern in PATTERNS:
        act = PLANTS.get(pattern.code)
        if act is None:
            continue
        times, rest = divmod(pattern.rate * many, 10_000)
        times += random.randrange(10_000) < rest
        found += [done for _time in range(times) if (done := act(scene)) is not None]
    return found
