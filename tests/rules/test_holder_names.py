# SPDX-License-Identifier: MPL-2.0
"""The name that a bank prints is the payee's, or a person looks; LAN is never LAM."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ansinh.rules.holders import compare_holder, compare_holders, differences
from ansinh.rules.names import NameMatch, compare_names, fold_name

LONG = "Công Tằng Tôn Nữ Hoàng Thị Nguyễn Phúc Bảo Ngọc Trân"

WORDS = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Thị", "Văn", "Hoà", "Thuý", "Đức", "Lan", "Lý",
    "Ngọc", "Ánh", "Bình", "Cúc", "Dũng", "Êban", "H'Hen", "Niê", "Quý", "Uyên", "Yến",
)  # fmt: skip
names = st.lists(st.sampled_from(WORDS), min_size=2, max_size=6).map(" ".join)


@pytest.mark.parametrize(
    ("ours", "printed", "expected"),
    [
        ("Nguyễn Thị Hoà", "Nguyễn Thị Hòa", "equal"),
        ("Nguyễn Thị Hoà", "NGUYỄN  THỊ HÒA", "equal"),
        ("Lý Thị Thúy", "LÍ THỊ THUÝ", "equal"),
        ("Đặng Thị Ánh", "DANG THI ANH", "equal_folded"),
        ("Đặng Thị Ánh", "DANGTHIANH", "equal_folded"),
        ("H'Hen Niê", "H HEN NIE", "equal_folded"),
        (LONG, fold_name(LONG).upper()[:35], "truncated"),
        (LONG, fold_name(LONG).upper()[:50], "truncated"),
        (LONG, fold_name(LONG).upper()[:30], "different"),
        ("Nguyễn Thị Lan", "NGUYEN THI LAM", "close"),
        ("Nguyễn Thị Lan", "NGUYEN THI LNA", "close"),
        ("Nguyễn Thị Lan", "NGUYEN THI LAAN", "close"),
        ("Nguyễn Thị Lan", "LAN NGUYEN THI", "close"),
        ("Nguyễn Thị Lan", "NGUYEN LAN", "close"),
        ("Nguyễn Thị Lan", "NGUYEN THI MAI", "different"),
        ("Nguyễn Thị Lan", "NGUYEN VAN LAM", "different"),
        ("Nguyễn Thị Lan", "", "different"),
        ("", "", "different"),
        ("Nguyễn Thị Lan", "TRAN VAN BINH", "different"),
    ],
)
def test_what_differs_only_on_paper_passes_and_nothing_else(ours: str, printed: str, expected: str) -> None:
    assert compare_holder(ours, printed) == expected


def test_a_name_of_ours_that_is_cut_does_not_pass_for_a_longer_one() -> None:
    whole = fold_name(LONG).upper()
    assert compare_holder(whole[:35], whole) is NameMatch.DIFFERENT


@given(names)
def test_every_way_a_bank_prints_a_name_passes(name: str) -> None:
    for printed in (
        name.upper(), name.lower(), fold_name(name).upper(), unicodedata.normalize("NFD", name),
        f"  {name}  ", fold_name(name).upper().replace(" ", ""), fold_name(name).upper()[:50],
    ):  # fmt: skip
        assert compare_holder(name, printed).passes, printed


@given(names, st.data())
def test_one_other_letter_never_passes(name: str, data: st.DataObject) -> None:
    printed = fold_name(name).upper()
    at = data.draw(st.integers(0, len(printed) - 1))
    letter = data.draw(st.sampled_from("ABCDEGHIKLMNOPQRSTUVXY"))
    assume(printed[at] not in {" ", letter})
    changed = printed[:at] + letter + printed[at + 1 :]
    assert not compare_holder(name, changed).passes


@given(names, names)
def test_different_letters_never_pass_and_what_passes_here_passes_the_slow_way(a: str, b: str) -> None:
    found = compare_holder(a, b)
    same_letters = fold_name(a).replace(" ", "") == fold_name(b).replace(" ", "")
    assert found.passes == (same_letters or found is NameMatch.TRUNCATED)
    slowly = compare_names(a, b)
    assert NameMatch.TRUNCATED in {found, slowly} or found == slowly


@given(names, names)
def test_pieces_give_both_names_again(a: str, b: str) -> None:
    pieces = differences(a, b)
    assert "".join(piece.ours for piece in pieces) == fold_name(a).upper()
    assert "".join(piece.theirs for piece in pieces) == fold_name(b).upper()
    assert all(piece.ours == piece.theirs for piece in pieces if piece.same)


def test_the_differing_letter_is_marked() -> None:
    assert [piece for piece in differences("Nguyễn Thị Lan", "NGUYEN THI LAM") if not piece.same] != []
    assert compare_holders([("Lan", "LAN"), ("Lan", "LAM")]) == [NameMatch.EQUAL, NameMatch.CLOSE]
