# SPDX-License-Identifier: MPL-2.0
"""The generator: a seed and a commune in, its beneficiaries out. Pure: no clock, no database, no file.

Shares follow what is public of the province (merit to social assistance about 1 to 3, most of the latter
over eighty or disabled). Citizen numbers begin with 000, which is no province, and agree with sex and
year of birth; phones begin with 0000. A commune is generated from the seed and its own code alone, so
that a larger province holds a smaller one unchanged, apart from how many people each commune has.
"""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import accumulate
from random import Random

from ansinh.demo.invented import Facts, InventedAccount, InventedAward, InventedPerson, Truth
from ansinh.demo.names import HIGHLAND_PEOPLES, highland_name, kinh_name, one_letter_off, other_spelling
from ansinh.demo.places import Commune, communes
from ansinh.rules.citizen_numbers import INVENTED_PLACE, Sex
from ansinh.rules.dates import PartialDate
from ansinh.rules.entitlement import Award, Case, Person, assess
from ansinh.rules.law import Law
from ansinh.rules.months import Month
from ansinh.rules.names import fold_name

MONTH = Month(2024, 3)
PROVINCE = "49"
PHONE_PREFIX = "0000"  # no network has it, and none ever will
MOST_FREE = 1_000_000  # the six free digits of a citizen number
SPREAD = 370_411  # odd and no multiple of five: every number of the six digits comes once
LAST_DECISION = date(2024, 2, 27)


@dataclass(frozen=True, slots=True)
class Kind:
    """An entitlement as it is met: its share of 10,000 people in the lowlands, the ages of those who
    have it (from, to) in March 2024, and whom it is for."""

    code: str
    share: int
    ages: tuple[int, int]
    female: int = 50  # in a hundred
    households: tuple[str, ...] = ("other",)
    percent: tuple[int, int] | None = None
    highland_share: int | None = None


# What the lists of a lowland commune hold; the highlands have more poor and fewer very old people.
KINDS: tuple[Kind, ...] = (
    Kind("THUONG_BINH", 760, (52, 88), 12, percent=(21, 90)),
    Kind("THUONG_BINH_LOAI_B", 60, (50, 75), 5, percent=(21, 60)),
    Kind("BB", 150, (55, 88), 8, percent=(41, 90)),
    Kind("CDHH", 250, (58, 85), 22, percent=(21, 85)),
    Kind("CDHH_CON_61_80", 90, (20, 52)),
    Kind("LS_TUAT_1", 700, (62, 98), 84),
    Kind("LS_TUAT_2", 40, (70, 98), 92),
    Kind("BMVNAH", 70, (82, 99), 100),
    Kind("TU_DAY", 260, (68, 94), 42),
    Kind("GDCM_HC_KHANG_CHIEN", 110, (72, 97), 60),
    Kind("AHLLVT_AHLD", 6, (70, 90), 20),
    Kind("LS_VC_TAI_GIA", 24, (72, 95), 96),
    Kind("K5C", 3030, (80, 98), 64, highland_share=1300),
    Kind("K6_N", 2150, (2, 92), 47, ("other", "other", "poor", "near_poor"), highland_share=1500),
    Kind("K6_DBN", 760, (1, 95), 50, ("other", "other", "poor"), highland_share=500),
    Kind("CS_HO_DBN", 640, (28, 72), 72),
    Kind("K5A", 330, (60, 92), 76, ("poor",), highland_share=600),
    Kind("K4", 310, (24, 58), 93, ("poor", "near_poor"), highland_share=700),
    Kind("K1B", 120, (1, 15), 49, ("poor", "other")),
    Kind("K1A", 40, (0, 15), 49, ("poor", "other")),
    Kind("K5B", 0, (75, 78), 60, ("poor", "near_poor"), highland_share=650),
    Kind("K7", 0, (0, 2), 49, ("poor", "near_poor"), highland_share=800),
    Kind("K8", 18, (22, 55), 35, ("poor",)),
    Kind("K3", 6, (2, 14), 50, ("poor",)),
)
MERIT_SIGNER, ASSISTANCE_SIGNER = "QĐ-LĐTBXH", "QĐ-UBND"
# (bank, lengths of its account numbers): where people of the province have accounts.
BANKS: tuple[tuple[str, int, int], ...] = (
    ("VBA", 13, 46), ("ICB", 12, 12), ("BIDV", 14, 11), ("VCB", 13, 10), ("LPB", 12, 7), ("VBSP", 13, 5),
    ("VTLMONEY", 10, 6), ("VNPTMONEY", 10, 3),
)  # fmt: skip
_BANK_ENDS = tuple(accumulate(share for _bank, _length, share in BANKS))
# Group of the account review, of a hundred adults: A receives by account, B has one and has not said
# so, C could open one, D cannot but has somebody, E has nobody, F will not (vietnam.md 2.4).
GROUPS = (("A", 4), ("B", 21), ("C", 40), ("D", 16), ("E", 13), ("F", 6))
_GROUP_ENDS = tuple(accumulate(share for _group, share in GROUPS))
DRIVE_FROM, DRIVE_MONTHS = Month(2024, 4), 8


class Numbers:
    """Gives citizen numbers out: unique for each sex and year of birth."""

    def __init__(self, seed: int, commune: Commune) -> None:
        self.start = Random(f"numbers {seed}").randrange(MOST_FREE)
        self.commune = commune.index
        self.given: dict[str, int] = {}

    def next(self, *, sex: Sex, year: int) -> str:
        """The next free number: 000, century and sex, two digits of the year, six of its own."""
        head = f"{(year - 1900) // 100 * 2 + (sex == 'female')}{year % 100:02d}"
        turn = self.given.get(head, 0)
        self.given[head] = turn + 1
        # 300 communes beside each other: each has 3,333 turns of its own for a sex and a year
        free = (self.start + int(head) * 7_919 + (turn * 300 + self.commune) * SPREAD) % MOST_FREE
        return f"{INVENTED_PLACE}{head}{free:06d}"


def amount_of(law: Law, person: InventedPerson, award: InventedAward, month: Month = MONTH) -> int:
    """đồng that the law owes for an award of a month; 0 when nothing."""
    answer = assess(law, Case(month, _as_case(person), (_award_case(award),), PROVINCE))
    return answer.total_vnd


def _as_case(person: InventedPerson) -> Person:
    return Person(
        born=person.born, sex=person.sex, household=person.household,
        disadvantaged_area=person.disadvantaged_area,
    )  # fmt: skip


def _award_case(award: InventedAward) -> Award:
    return Award(award.code, award.first, None, award.facts)


@lru_cache(maxsize=2)
def _kind_ends(*, highland: bool) -> tuple[int, ...]:
    found = []
    for kind in KINDS:
        share = kind.share
        if highland:
            share = kind.highland_share if kind.highland_share is not None else share * 7 // 10
        found.append(share)
    return tuple(accumulate(found))


class CommuneGenerator:
    """One commune's people, one after the other."""

    def __init__(self, *, seed: int, commune: Commune, law: Law) -> None:
        self.random = Random(f"{seed} {commune.code}")
        self.commune, self.law = commune, law
        self.numbers = Numbers(seed, commune)
        self.decision = self.random.randint(40, 900)
        self.phone = commune.index * 4_000 % MOST_FREE

    def person(self, index: int) -> InventedPerson:
        """The next person with an award or two."""
        random, commune = self.random, self.commune
        ends = _kind_ends(highland=commune.highland)
        kind = KINDS[bisect(ends, random.randrange(ends[-1]))]
        sex: Sex = "female" if random.randrange(100) < kind.female else "male"
        born, known = self._birth(kind)
        people = ""
        if commune.highland and random.random() < 0.85:
            people = random.choice(HIGHLAND_PEOPLES[commune.district])
            name = highland_name(random, people, sex=sex, born=born.year)
        else:
            name = kinh_name(random, sex=sex, born=born.year)
        household = random.choice(kind.households)
        if commune.highland and household == "other" and random.random() < 0.4:
            household = "poor"
        person = InventedPerson(
            key=f"{commune.code}-{index:04d}",
            number=self.numbers.next(sex=sex, year=born.year),
            old_number=self._old_number(born.year),
            name=name, born=born, sex=sex, ethnicity=people or "Kinh", hamlet=random.choice(commune.hamlets),
            phone=self._phone(born.year), household=household, disadvantaged_area=commune.highland, awards=[],
            group="", truth=Truth(born=known),
        )  # fmt: skip
        self._award(person, kind)
        self._second_award(person, kind)
        self._truth(person)
        self._account(person)
        return person

    def _birth(self, kind: Kind) -> tuple[PartialDate, PartialDate | None]:
        """(as the list has it, as the population register has it when that is more precise)."""
        random = self.random
        age = random.randint(*kind.ages)
        if kind.code == "K5C":  # fewer at each age
            age = 80 + min(int(random.expovariate(0.18)), 19)
        year, month = 2024 - age, random.randint(1, 12)
        day = random.randint(2, 28)
        if (month, day) > (2, 28):  # the birthday of 2024 is still to come
            year -= 1
        whole = PartialDate(max(year, 1924), month, day)
        if whole.year >= 1962 or random.random() > 0.4:
            return whole, None
        if random.random() < 0.1:
            return PartialDate(whole.year, whole.month), whole
        return PartialDate(whole.year), whole

    def _old_number(self, born: int) -> str:
        return f"00{self.random.randrange(10**7):07d}" if born < 2004 and self.random.random() < 0.3 else ""

    def _phone(self, born: int) -> str:
        if self.random.random() > (0.35 if born < 1950 else 0.7):
            return ""
        self.phone = (self.phone + 1) % MOST_FREE
        return f"{PHONE_PREFIX}{self.phone:06d}"

    def _award(self, person: InventedPerson, kind: Kind) -> None:
        random = self.random
        facts: Facts = ()
        if kind.percent:
            facts = (("injury_percent", random.randint(*kind.percent)),)
        elif kind.code == "K4":
            facts = (("children", random.choice((1, 1, 1, 2, 2, 3))),)
        decided, first = self._decision_day(person, kind)
        award = InventedAward(kind.code, facts, self._decision_number(kind.code), decided, first, 0)
        if kind.code in {"LS_TUAT_1", "LS_TUAT_2", "CDHH_CON_61_80", "LS_VC_TAI_GIA"}:
            award.merit_person = kinh_name(random, sex="male", born=1945)
            award.relation = self._relation(person, kind.code)
        award.amount_vnd = amount_of(self.law, person, award)
        person.awards.append(award)

    def _relation(self, person: InventedPerson, code: str) -> str:
        if code == "CDHH_CON_61_80":
            return "con"
        if person.sex == "male":
            return "cha"
        return "vợ" if code == "LS_VC_TAI_GIA" or person.born.year > 1935 else "mẹ"

    def _decision_day(self, person: InventedPerson, kind: Kind) -> tuple[date, Month]:
        random = self.random
        if kind.code == "K5C":
            turned = max(Month(person.born.year + 80, person.born.month or 1), Month(2011, 1))
            first = min(turned, Month.of(LAST_DECISION))
            decided = min(first.first_day.replace(day=random.randint(3, 27)), LAST_DECISION)
            return decided, first
        start = max(
            kind.ages[0] + person.born.year, person.born.year + 1 if kind.ages[0] else person.born.year
        )
        if len(kind.code) > 3 and kind.code[0] != "K" and not kind.code.startswith("CS_"):
            earliest = max(start, 1992)
        else:
            earliest = max(start, 2012)
        year = random.randint(min(earliest, 2023), 2023)
        decided = date(year, random.randint(1, 12), random.randint(2, 28))
        if decided < person.born.latest:
            decided = LAST_DECISION
        first = Month.of(decided)
        if kind.code.startswith("K6") and random.random() < 0.5:
            first = first.previous
        return decided, first

    def _decision_number(self, code: str) -> str:
        self.decision += self.random.randint(1, 9)
        signer = ASSISTANCE_SIGNER if code[0] == "K" or code.startswith("CS_") else MERIT_SIGNER
        return f"{self.decision}/{signer}"

    def _second_award(self, person: InventedPerson, kind: Kind) -> None:
        """Some have two: merit allowances of several statuses add up, O2 lets a single parent be
        disabled too."""
        roll = self.random.random()
        if kind.code in {"THUONG_BINH", "BB"} and roll < 0.06:
            other = "TU_DAY"
        elif kind.code == "K4" and roll < 0.08:
            other = "K6_N"
        else:
            return
        self._award(person, next(each for each in KINDS if each.code == other))

    def _truth(self, person: InventedPerson) -> None:
        """What the population register says otherwise, at the rates that reviews find."""
        random, truth = self.random, person.truth
        roll = random.random()
        if roll < 0.030:
            truth.name = other_spelling(random, person.name)
        elif roll < 0.042:
            truth.name = one_letter_off(random, person.name)
        elif roll < 0.050 and person.born.day is not None:
            day, month = person.born.day, person.born.month or 1
            swapped = day <= 12 and day != month
            other = (day, month) if swapped else (month, day + 1 if day < 28 else day - 1)
            truth.born = PartialDate(person.born.year, *other)
        elif roll < 0.058:
            truth.moved_to = random.choice(communes()).code
            if truth.moved_to == self.commune.code:
                truth.moved_to = ""

    def _account(self, person: InventedPerson) -> None:
        """The group of the account review, and an account for those who have one or will."""
        random = self.random
        age = MONTH.year - person.born.year
        if age < 15:
            person.group = "D" if random.random() < 0.8 else "E"
        else:
            roll = random.randrange(100) + (8 if age >= 85 else 0)
            person.group = GROUPS[min(bisect(_GROUP_ENDS, roll), len(GROUPS) - 1)][0]
        if person.group in "AB":
            self._open(person, MONTH - random.randint(1, 60))
        elif person.group == "C" and random.random() < 0.7:
            self._open(person, DRIVE_FROM + random.randrange(DRIVE_MONTHS))

    def _open(self, person: InventedPerson, month: Month) -> None:
        person.account = open_account(self.random, holder=person.name, opened=month)


def open_account(random: Random, *, holder: str, opened: Month, owner: str = "self") -> InventedAccount:
    """An account at one of the institutions that people of the province use. Its number begins with
    000, as none of theirs does."""
    bank, length, _share = BANKS[bisect(_BANK_ENDS, random.randrange(_BANK_ENDS[-1]))]
    number = f"{PHONE_PREFIX}{random.randrange(10 ** (length - 4)):0{length - 4}d}"
    return InventedAccount(bank, number, as_printed(holder), opened, owner)


def as_printed(name: str, longest: int = 35) -> str:
    """A holder's name as a bank prints it: capitals without marks, cut off."""
    return fold_name(name).upper()[:longest].rstrip()


def people_of(*, seed: int, commune: Commune, many: int, law: Law) -> list[InventedPerson]:
    """The people of one commune."""
    generator = CommuneGenerator(seed=seed, commune=commune, law=law)
    found = [generator.person(index) for index in range(many)]
    _join_families(generator.random, found)
    _later_people(generator.random, found)
    return found


def _join_families(random: Random, people: list[InventedPerson]) -> None:
    """Children and those without an account of their own get somebody of the same hamlet who receives
    for them; no one for more than two, unless a fraud says so."""
    grown: dict[str, list[InventedPerson]] = {}
    for each in people:
        if 20 <= MONTH.year - each.born.year < 78:
            grown.setdefault(each.hamlet, []).append(each)
    receives: dict[str, int] = {}
    for person in people:
        near = grown.get(person.hamlet, ())
        if person.group != "D" or not near:
            continue
        other = random.choice(near)
        if other.key != person.key and receives.get(other.key, 0) < 2:
            receives[other.key] = receives.get(other.key, 0) + 1
            person.proxy = other.key


def _later_people(random: Random, people: list[InventedPerson]) -> None:
    """About one in a hundred comes to the list in April, one in two hundred and fifty dies in March."""
    for person in people:
        roll = random.random()
        if roll < 0.010:
            person.joins = MONTH.next
        elif roll < 0.014:
            person.truth.died_on = date(2024, 3, random.randint(2, 28))
