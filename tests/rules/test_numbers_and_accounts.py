# SPDX-License-Identifier: MPL-2.0
"""Citizen numbers (bad inputs 47-54), accounts and banks (73-79)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.providers.directory import directory
from ansinh.rules import accounts, banks
from ansinh.rules import citizen_numbers as numbers
from ansinh.rules.citizen_numbers import parse_citizen_number
from ansinh.rules.dates import PartialDate

TODAY = date(2024, 3, 1)


@pytest.mark.parametrize(
    "typed",
    ["000145000001", "000 145 000 001", "000.145.000.001", "'000145000001", "０００１４５０００００１",
     "000145000001\n", "000145000001.0"],
)  # fmt: skip
def test_one_number_however_it_is_typed(typed: str) -> None:
    assert parse_citizen_number(typed, allow_invented=True).digits == "000145000001"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("12345678901", "CITIZEN_NUMBER_LENGTH"), ("1234567890", "CITIZEN_NUMBER_LENGTH"),
        ("123456789", "CITIZEN_NUMBER_OLD"), ("1.2345E+11", "CITIZEN_NUMBER_ROUNDED"),
        ("1,2345E+11", "CITIZEN_NUMBER_ROUNDED"), ("O49145000001", "CITIZEN_NUMBER_LETTERS"),
        ("04914500000l", "CITIZEN_NUMBER_LETTERS"), ("٠٤٩١٤٥٠٠٠٠٠١", "CITIZEN_NUMBER_LETTERS"),
        ("000145000001", "CITIZEN_NUMBER_PLACE"), ("999145000001", "CITIZEN_NUMBER_PLACE"),
        ("003145000001", "CITIZEN_NUMBER_PLACE"), ("111111111111", "CITIZEN_NUMBER_IMPOSSIBLE"),
        ("123456789012", "CITIZEN_NUMBER_IMPOSSIBLE"), ("", "CITIZEN_NUMBER_EMPTY"),
    ],
)  # fmt: skip
def test_what_is_no_citizen_number_and_why(typed: str, code: str) -> None:
    with pytest.raises(numbers.CitizenNumberNotAccepted) as refused:
        parse_citizen_number(typed)
    assert refused.value.code == code


@given(st.text(max_size=30))
def test_parsing_raises_nothing_but_its_own_refusal(text: str) -> None:
    try:
        parse_citizen_number(text, allow_invented=True)
    except numbers.CitizenNumberNotAccepted as refused:
        assert refused.vi
        assert refused.en


def test_what_the_digits_say() -> None:
    number = parse_citizen_number("000145000001", allow_invented=True)
    assert (number.sex, number.birth_year, number.place) == ("female", 1945, "000")
    assert parse_citizen_number("000203000001", allow_invented=True).birth_year == 2003
    assert str(number) == "••••••••0001"
    assert number.is_invented


def test_a_disagreement_is_a_task_not_a_refusal() -> None:
    number = parse_citizen_number("000145000001", allow_invented=True)
    assert numbers.consistency(number, sex="female", born=PartialDate(1945)) == ()
    found = numbers.consistency(number, sex="male", born=PartialDate(1954))
    assert [each.about for each in found] == ["sex", "birth_year"]


def test_a_lost_zero_is_proposed_only_when_everything_agrees() -> None:
    def ask(**said: object) -> numbers.CitizenNumber | None:
        return numbers.lost_zero_proposal("00145000001", allow_invented=True, **said)  # type: ignore[arg-type]

    assert ask(sex="female", born=PartialDate(1945)) is not None
    assert ask(sex="male", born=PartialDate(1945)) is None
    assert ask(sex=None, born=PartialDate(1945)) is None
    assert ask(sex="female", born=PartialDate(1946)) is None


def test_an_old_number_is_kept_as_an_old_paper() -> None:
    assert numbers.parse_old_number("205 123 456") == "205123456"
    with pytest.raises(numbers.CitizenNumberNotAccepted):
        numbers.parse_old_number("000145000001")


@pytest.mark.parametrize(
    ("called", "bin_"),
    [("NH Nông nghiệp", "970405"), ("Agribank CN Phú Lộc", "970405"), ("NHNo&PTNT", "970405"),
     ("VBSP", "999888"), ("Ngân hàng Chính sách xã hội", "999888"), ("VIETCOMBANK", "970436"),
     ("970436", "970436"), ("Viettel Money", "971005"), ("BIDV - PGD Núi Thành", "970418")],
)  # fmt: skip
def test_banks_are_found_by_what_people_call_them(called: str, bin_: str) -> None:
    assert directory().find(called, on=TODAY).bin == bin_


def test_an_unknown_bank_is_refused_and_a_doubtful_one_too() -> None:
    with pytest.raises(banks.BankUnknown):
        directory().find("Ngân hàng Mặt Trăng", on=TODAY)
    two = banks.BankDirectory(
        [banks.Bank("A", "1", "Alpha", aliases=("Chung",)), banks.Bank("B", "2", "Beta", aliases=("Chung",))]
    )
    with pytest.raises(banks.BankAmbiguous):
        two.find("Chung", on=TODAY)


def test_a_merged_bank_is_found_only_while_it_lived() -> None:
    old = banks.Bank("OLD", "9", "Cũ", valid_to=date(2024, 1, 1))
    assert banks.BankDirectory([old]).find("Cũ", on=date(2023, 12, 31)) == old
    with pytest.raises(banks.BankUnknown):
        banks.BankDirectory([old]).find("Cũ", on=TODAY)


BANK = banks.Bank("T", "1", "Thử", lengths=(10, 13))


@pytest.mark.parametrize("typed", ["0123456789", "012 345 678 9", "012-345-678-9", "'0123456789"])
def test_an_account_is_text_with_its_zeros(typed: str) -> None:
    assert accounts.parse_account(typed, bank=BANK).number == "0123456789"


@pytest.mark.parametrize(
    ("typed", "numeric", "code"),
    [
        ("12345678901234567", True, "ACCOUNT_DIGITS_LOST"), ("1.90367E+18", False, "ACCOUNT_DIGITS_LOST"),
        ("123456789", True, "ACCOUNT_LENGTH"), ("", False, "ACCOUNT_EMPTY"),
        ("Tài khoản", False, "ACCOUNT_LETTERS"), ("4111111111111111", False, "ACCOUNT_IS_CARD"),
    ],
)  # fmt: skip
def test_a_spoiled_account_is_asked_for_again(typed: str, numeric: bool, code: str) -> None:
    with pytest.raises(accounts.AccountNotAccepted) as refused:
        accounts.parse_account(typed, bank=BANK, was_numeric=numeric)
    assert refused.value.code == code


@given(st.text(max_size=30), st.booleans())
def test_reading_accounts_raises_nothing_but_its_own_refusal(text: str, numeric: bool) -> None:
    try:
        accounts.parse_account(text, bank=BANK, was_numeric=numeric)
    except accounts.AccountNotAccepted as refused:
        assert refused.vi
