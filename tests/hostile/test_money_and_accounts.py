# SPDX-License-Identifier: MPL-2.0
"""Rows 63 to 79 of the bad inputs: amounts, control totals, accounts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ansinh.rules.money import in_words_vi
from tests.hostile.files import ACCOUNT_LABELS, account, judged, one, one_account, person, table, xlsx


@pytest.mark.parametrize(
    "amount", [540000, "540000", "540.000", "540,000", "540 000", "540000đ", "540.000 VNĐ",
               "540\u00a0000 đồng", "540.000,00", "540,000.00", "'540000"],
)  # fmt: skip
def test_r63_and_r64_the_usual_ways_to_write_an_amount_are_one(tmp_path: Path, amount: object) -> None:
    found = one(tmp_path, amount=amount)
    assert (found.errors(), found.values()["amount_vnd"]) == ([], 540000)


@pytest.mark.parametrize("amount", ["540k", "0,54tr", "năm trăm bốn mươi nghìn", "540 nghìn"])
def test_r63_words_and_short_forms_are_refused(tmp_path: Path, amount: str) -> None:
    assert one(tmp_path, amount=amount).errors() == ["AMOUNT_NOT_UNDERSTOOD"]


@pytest.mark.parametrize("amount", ["540.000,50", "540,000.25"])
def test_r64_decimals_that_are_not_zero_are_refused(tmp_path: Path, amount: str) -> None:
    assert one(tmp_path, amount=amount).errors() == ["AMOUNT_NOT_WHOLE"]


@pytest.mark.parametrize("amount", ["540.5", "540,5", "1.5", 540.5])
def test_r65_two_readings_are_refused(tmp_path: Path, amount: object) -> None:
    assert one(tmp_path, amount=amount).errors() == ["AMOUNT_AMBIGUOUS"]


@pytest.mark.parametrize(
    "amount", ["540_000", "5.4e5", "1e9", "５４００００", "٥٤٠٠٠٠", "+540000", "0x83D60"]
)
def test_r66_what_only_programs_read_is_refused(tmp_path: Path, amount: str) -> None:
    assert one(tmp_path, amount=amount).done.rejected == 1


@pytest.mark.parametrize("amount", ["-540000", -540000, "(540.000)", "0", 0, "-", "–", "0,00"])
def test_r67_nothing_and_less_stop_nobody(tmp_path: Path, amount: object) -> None:
    found = one(tmp_path, amount=amount)
    assert found.errors() == ["AMOUNT_NOT_POSITIVE"]


def test_r67_an_empty_amount_is_the_law_s(tmp_path: Path) -> None:
    found = one(tmp_path, amount=None)
    assert (found.errors(), found.values()["amount_vnd"]) == ([], None)


@pytest.mark.parametrize("amount", [1, 499_999, 20_000_001, 999_999_999_999, 539_999, 540_001])
def test_r68_and_r69_an_amount_that_no_table_holds_names_the_right_one(tmp_path: Path, amount: int) -> None:
    found = one(tmp_path, amount=amount)
    assert found.errors() == ["AMOUNT_NOT_THE_RATE"]
    assert "540.000 đ" in found.sentence()
    assert "20/2021/NĐ-CP" in found.sentence()


@pytest.mark.parametrize("amount", [10**12, 2**63, "9" * 30])
def test_r68_an_amount_above_every_limit_is_refused(tmp_path: Path, amount: object) -> None:
    assert one(tmp_path, amount=str(amount)).errors() == ["AMOUNT_TOO_LARGE"]


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "-0", "inf", "nan"])
def test_r70_numbers_that_are_none_are_refused(tmp_path: Path, amount: str) -> None:
    assert one(tmp_path, amount=amount).done.rejected == 1


def test_r72_words_are_skipped_and_made_by_us(tmp_path: Path) -> None:
    rows = [*table([person(1)]), ["Bằng chữ: Năm trăm nghìn đồng (sai)"]]
    found = judged(tmp_path, xlsx(rows))
    assert found.rows[3].why == "words"
    assert in_words_vi(540000) == "Năm trăm bốn mươi nghìn đồng"


@pytest.mark.parametrize("number", ["1.90367E+18", 1903670000000000000, 4200205000001234])
def test_r73_a_number_that_lost_its_last_digits_is_refused(tmp_path: Path, number: object) -> None:
    found = one_account(tmp_path, account=number)
    assert found.errors() == ["ACCOUNT_DIGITS_LOST"]
    assert "gõ lại" in found.sentence()


@pytest.mark.parametrize("number", ["4200 2050 00001", "4200-2050-00001", " 4200205000001", "'4200205000001"])
def test_r74_spaces_and_dashes_are_evened_out(tmp_path: Path, number: str) -> None:
    found = one_account(tmp_path, account=number)
    assert (found.errors(), found.values()["account"]) == ([], "4200205000001")


@pytest.mark.parametrize("number", [420020500001, "420020500001", "0912345678"])
def test_r74_lost_zeros_and_phone_numbers_are_refused_by_the_banks_length(
    tmp_path: Path, number: object
) -> None:
    assert one_account(tmp_path, account=number).errors() == ["ACCOUNT_LENGTH"]


@pytest.mark.parametrize(
    ("bank", "code"),
    [("NH Nông nghiệp", "VBA"), ("Agribank CN Phú Lộc", "VBA"), ("NHNo&PTNT", "VBA"), ("Agribank", "VBA"),
     ("970405", "VBA"), ("Vietcombank", "VCB"), ("ngân hàng tmcp ngoại thương việt nam", "VCB")],
)  # fmt: skip
def test_r75_the_names_that_people_write_for_a_bank_are_known(tmp_path: Path, bank: str, code: str) -> None:
    found = one_account(tmp_path, bank=bank, account="4200205000001")
    assert found.values()["bank"] == code


@pytest.mark.parametrize("bank", ["Ngân hàng Tương Lai", "VBSPX", "999999", "?"])
def test_r75_an_unknown_bank_is_refused(tmp_path: Path, bank: str) -> None:
    assert one_account(tmp_path, bank=bank).errors() == ["BANK_UNKNOWN"]


@pytest.mark.parametrize(
    ("holder", "doubt"),
    [("NGUYEN THI LAN HOA", []), ("Nguyễn Thị Lan Hòa", []), (None, []),
     ("NGUYEN THI LAM HOA", ["ACCOUNT_HOLDER_DIFFERS"]),
     ("TRAN VAN BINH", ["ACCOUNT_HOLDER_DIFFERS"])],
)  # fmt: skip
def test_r76_only_the_same_name_passes_as_the_holder(
    tmp_path: Path, holder: str | None, doubt: list[str]
) -> None:
    found = one_account(tmp_path, holder=holder)
    assert (found.errors(), found.doubts()) == ([], doubt)


def test_r76_a_name_cut_by_the_bank_passes(tmp_path: Path) -> None:
    name = "Nguyễn Hoàng Thị Phương Thanh Ngọc Tuyền"
    found = one_account(tmp_path, name=name, holder="NGUYEN HOANG THI PHUONG THANH NGOC ")
    assert found.doubts() == []


def test_r77_one_account_of_several_people_waits_and_names_the_row(tmp_path: Path) -> None:
    rows = [account(at, account="4200205000001", holder=None) for at in range(1, 6)]
    found = judged(tmp_path, xlsx(table(rows, ACCOUNT_LABELS)), form="accounts")
    assert found.doubts(2) == []
    assert [found.doubts(row) for row in range(3, 7)] == [["ACCOUNT_SHARED"]] * 4
    assert "dòng 2" in found.rows[6].warnings[0].message("vi")


def test_r78_two_accounts_of_one_person_wait_and_the_same_one_twice_is_refused(tmp_path: Path) -> None:
    def sent(*rows: dict[str, Any]) -> Any:
        return judged(tmp_path, xlsx(table(rows, ACCOUNT_LABELS)), form="accounts")

    second = sent(account(1), account(1, account="4200205099999"))
    assert (second.errors(3), second.doubts(3)) == ([], ["ACCOUNT_SECOND"])
    assert sent(account(1), account(1)).errors(3) == ["ROW_REPEATS"]


@pytest.mark.parametrize(
    ("number", "code"), [("9704 0520 0000 0019", "ACCOUNT_IS_CARD"), ("4111111111111111", "ACCOUNT_IS_CARD")]
)
def test_r79_a_card_is_no_account(tmp_path: Path, number: str, code: str) -> None:
    assert one_account(tmp_path, account=number).errors() == [code]


def test_r79_a_wallet_where_a_bank_account_is_wanted_is_refused(tmp_path: Path) -> None:
    assert one_account(tmp_path, bank="Vietcombank", account="ví 0912345678").errors() == ["ACCOUNT_LETTERS"]
