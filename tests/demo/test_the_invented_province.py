# SPDX-License-Identifier: MPL-2.0
"""The invented people: nobody's numbers, the real mix, true awards, frauds at the rates they are known by."""

from __future__ import annotations

from collections import Counter

import pytest

from ansinh.demo.frauds import PATTERNS, PLANTS
from ansinh.demo.invented import InventedCommune, InventedPerson
from ansinh.demo.lists.lines import PHRASES
from ansinh.demo.people import KINDS, MONTH, amount_of, as_printed
from ansinh.demo.places import FIRST_COMMUNE, communes, shares
from ansinh.demo.province import province
from ansinh.legislation.load import load
from ansinh.providers.directory import directory
from ansinh.registry.files.categories import Categories
from ansinh.rules.accounts import parse_account
from ansinh.rules.citizen_numbers import consistency, parse_citizen_number, parse_old_number
from ansinh.rules.names import normalise_name


@pytest.fixture(scope="module")
def invented() -> list[InventedCommune]:
    return list(province(seed=7, many_communes=40, people=20_000, law=load()))


@pytest.fixture(scope="module")
def everybody(invented: list[InventedCommune]) -> list[InventedPerson]:
    return [person for each in invented for person in each.people]


def test_every_number_is_nobodys_and_agrees_with_sex_and_year(everybody: list[InventedPerson]) -> None:
    for person in everybody:
        if not person.number:
            continue
        number = parse_citizen_number(person.number, allow_invented=True)
        assert number.is_invented
        if "D3" not in person.frauds:
            assert consistency(number, sex=person.sex, born=person.born) == ()


def test_a_number_is_given_twice_only_where_a_fraud_says_so(everybody: list[InventedPerson]) -> None:
    twice = {number for number, many in Counter(p.number for p in everybody if p.number).items() if many > 1}
    shared = {person.number for person in everybody if person.truth.same_person_as and person.number}
    assert twice == shared


def test_phones_old_numbers_and_accounts_are_nobodys_too(everybody: list[InventedPerson]) -> None:
    for person in everybody:
        assert not person.phone or (person.phone.startswith("0000") and len(person.phone) == 10)
        assert not person.old_number or parse_old_number(person.old_number).startswith("00")
        if person.account is not None:
            bank = directory().find(person.account.bank, on=MONTH.first_day)
            assert parse_account(person.account.number, bank=bank).number.startswith("0000")


def test_every_name_is_one_that_the_register_takes_as_written(everybody: list[InventedPerson]) -> None:
    assert [p.name for p in everybody if normalise_name(p.name) != p.name] == []
    assert len({person.name for person in everybody}) > 3_000


def test_highland_names_stand_where_highland_people_live(invented: list[InventedCommune]) -> None:
    def share(highland: bool) -> float:
        people = [p for each in invented if each.commune.highland is highland for p in each.people]
        return sum(person.ethnicity != "Kinh" for person in people) / len(people)

    assert share(highland=True) > 0.7
    assert share(highland=False) < 0.001  # a number in two places may be from there


def test_every_award_owes_what_the_law_says_and_nothing_is_worth_nothing(
    everybody: list[InventedPerson],
) -> None:
    law = load()
    for person in everybody:
        for award in person.awards:
            assert award.amount_vnd > 0, (person.key, award)
            assert award.amount_vnd == amount_of(law, person, award), person.key
            assert award.decided >= person.born.earliest
            assert award.first <= MONTH


def test_the_mix_is_the_real_one(everybody: list[InventedPerson]) -> None:
    law = load()
    families = Counter(law.categories[award.code].family for p in everybody for award in p.awards)
    assert 2.6 < families["social_assistance"] / families["merit"] < 3.8
    codes = Counter(award.code for p in everybody for award in p.awards)
    assert set(codes) == {kind.code for kind in KINDS}
    assert (codes["K3"] + codes["K8"]) / codes.total() < 0.005  # HIV: rare, and never by name
    elders = [p for p in everybody if p.born.year < 1950]
    assert 0.25 < sum(p.born.precision == "year" for p in elders) / len(elders) < 0.5


def test_few_are_paid_by_account_at_the_start(everybody: list[InventedPerson]) -> None:
    groups = Counter(person.group for person in everybody)
    assert 0.01 < groups["A"] / groups.total() < 0.05
    assert all(groups[group] for group in "ABCDEF")


def test_what_lists_call_an_entitlement_leads_to_its_code() -> None:
    finder = Categories(load())
    assert {code: finder.find(phrase) for code, phrase in PHRASES.items()} == {code: code for code in PHRASES}
    assert {kind.code for kind in KINDS} == set(PHRASES)


def test_frauds_are_planted_at_their_rates_and_written_down(invented: list[InventedCommune]) -> None:
    people = sum(len(each.people) for each in invented)
    found = Counter(planted.pattern for each in invented for planted in each.planted)
    for pattern in PATTERNS:
        expected = pattern.rate * people / 10_000
        assert (pattern.code in PLANTS) == (pattern.rate > 0)
        assert expected * 0.5 - 2 <= found[pattern.code] <= expected * 1.5 + 3, pattern.code
    assert [each.code for each in PATTERNS] == [f"D{number}" for number in range(1, 27)]
    marked = {person.key for each in invented for person in each.people if person.frauds}
    named = {key for each in invented for planted in each.planted for key in planted.people}
    assert named <= marked


def test_the_same_seed_invents_the_same_people_and_another_seed_others() -> None:
    first, again, other = (
        list(province(seed=seed, many_communes=2, people=300, law=load())) for seed in (1, 1, 2)
    )
    assert first == again
    assert [p.name for p in first[0].people] != [p.name for p in other[0].people]


def test_a_larger_province_holds_the_same_people_of_a_commune() -> None:
    small = next(iter(province(seed=3, many_communes=2, people=300, law=load(), frauds=False)))
    large = next(iter(province(seed=3, many_communes=4, people=900, law=load(), frauds=False)))
    assert small.commune.code == large.commune.code == FIRST_COMMUNE
    few = min(len(small.people), len(large.people))
    assert [p.number for p in small.people[:few]] == [p.number for p in large.people[:few]]


def test_communes_are_the_real_ones_and_share_the_people_out() -> None:
    found = communes()
    assert len({each.code for each in found}) == len(found) == 233
    assert len({each.district for each in found[:12]}) == 3
    assert sum(shares(found[:12], 6_000)) == 6_000


def test_a_bank_prints_a_name_in_capitals_without_marks_cut_off() -> None:
    assert as_printed("Nguyễn Thị Hoà") == "NGUYEN THI HOA"
    assert len(as_printed("Zơrâm Thị Bh'rang Nguyễn Thị Hoà Đặng Thị Oanh")) <= 35
