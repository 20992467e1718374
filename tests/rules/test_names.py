# SPDX-License-Identifier: MPL-2.0
"""Names as written, compared, sorted (bad inputs 37-46, 76)."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.rules import names
from ansinh.rules.name_order import sort_key
from ansinh.rules.names import NameMatch, compare_names, fold_name, name_key, normalise_name

LETTERS = st.text("aăâđêôơưáàảãạấệýỵĐÐð HNguyễnThịHoàhòa'’-\u00a0\u200b", max_size=30)


@pytest.mark.parametrize(
    "name",
    ["Y Blôk Êban", "H'Hen Niê", "K'Brêu", "Đinh Y-Thoại", "Na", "An", "Null", "True", "O'Brien",
     "Nguyễn Thị Hòa", "A Lăng Thị Nhớ", "Ksor Č\u00f4ng", "NGUYEN VAN A"],
)  # fmt: skip
def test_real_names_are_accepted_as_written(name: str) -> None:
    assert normalise_name(name) == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (unicodedata.normalize("NFD", "Nguyễn Thị Hòa"), "Nguyễn Thị Hòa"), ("Ðinh Văn Ðức", "Đinh Văn Đức"),
        ("  Lê \u00a0 Thị\tLan ", "Lê Thị Lan"), ("Lê\u200b Thị Lan\u00ad", "Lê Thị Lan"),
        ("'Lê Thị Lan", "Lê Thị Lan"), ("H’Hen Niê", "H'Hen Niê"),
    ],
)  # fmt: skip
def test_invisible_differences_are_taken_away(typed: str, stored: str) -> None:
    assert normalise_name(typed) == stored


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Nguyễn Vаn A", "NAME_FOREIGN_LETTER"), ("Nguyễn Ａn", "NAME_FOREIGN_LETTER"),
        ("Lê\u202eThị", "NAME_FOREIGN_LETTER"), ("Lê Thị 2", "NAME_FOREIGN_LETTER"),
        ("<script>alert(1)</script>", "NAME_HOLDS_MORE"), ("<b>Lan", "NAME_FOREIGN_LETTER"),
        ("{{7*7}}", "NAME_FOREIGN_LETTER"),
        ("Lê Thị Lan (Tèo)", "NAME_HOLDS_MORE"), ("Lê Thị Lan 1945", "NAME_HOLDS_MORE"),
        ("Lê Thị Lan, Lê Văn Ba", "NAME_HOLDS_MORE"), ("Nguy?n", "NAME_UNREADABLE"),
        ("Nguy\ufffdn", "NAME_UNREADABLE"), ("", "NAME_EMPTY"), ("  ", "NAME_EMPTY"), ("-", "NAME_EMPTY"),
        ("A" * 101, "NAME_TOO_LONG"),
    ],
)  # fmt: skip
def test_what_is_no_name_and_why(typed: str, code: str) -> None:
    with pytest.raises(names.NameNotAccepted) as refused:
        normalise_name(typed)
    assert refused.value.code == code


@given(LETTERS)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = names.clean_name(text)
    assert names.clean_name(once) == once
    assert fold_name(fold_name(text)) == fold_name(text)


@given(st.text(max_size=40))
def test_normalising_raises_nothing_but_its_own_refusal(text: str) -> None:
    try:
        assert normalise_name(normalise_name(text)) == normalise_name(text)
    except names.NameNotAccepted as refused:
        assert refused.vi


@pytest.mark.parametrize(
    ("a", "b"),
    [("Lê Thị Hoà", "LÊ THỊ HÒA"), ("Thuý", "Thúy"), ("Lí Quí", "Lý Quý"), ("Hòa  Bình", "hòa bình"),
     (unicodedata.normalize("NFD", "Hòa"), "Hòa"), ("Y-Thoại", "Y Thoại")],
)  # fmt: skip
def test_spellings_of_one_name_are_equal(a: str, b: str) -> None:
    assert name_key(a) == name_key(b)
    assert compare_names(a, b) is NameMatch.EQUAL


@pytest.mark.parametrize(
    ("a", "b", "match"),
    [
        ("Nguyễn Thị Lan", "NGUYEN THI LAN", NameMatch.EQUAL_FOLDED),
        ("Nguyễn Thị Hoa", "Nguyễn Thị Hòa", NameMatch.EQUAL_FOLDED),
        ("Đặng Văn Đức", "DANG VAN DUC", NameMatch.EQUAL_FOLDED),
        ("Nguyễn Thị Lan", "NGUYEN THI LAM", NameMatch.CLOSE),
        ("Nguyễn Lan Thị", "Nguyễn Thị Lan", NameMatch.CLOSE),
        ("Nguyễn Thị Lan", "Nguyễn Lan", NameMatch.CLOSE),
        ("Nguyễn Thị Lan", "Nguyễn Văn Nam", NameMatch.DIFFERENT),
        ("Nguyễn Thị Lan", "Trần Thị Lan", NameMatch.DIFFERENT),
        ("", "Lan", NameMatch.DIFFERENT),
        ("Công Tằng Tôn Nữ Hoàng Phương Thảo Nguyên Khanh", "CONG TANG TON NU HOANG PHUONG THAO",
         NameMatch.TRUNCATED),
        ("Nguyễn Thị Lan Anh", "NGUYEN THI LAN", NameMatch.CLOSE),
    ],
)  # fmt: skip
def test_how_two_names_relate(a: str, b: str, match: NameMatch) -> None:
    assert compare_names(a, b) is match
    assert match.passes == (match in {NameMatch.EQUAL, NameMatch.EQUAL_FOLDED, NameMatch.TRUNCATED})


@given(LETTERS, LETTERS)
def test_comparison_is_symmetric(a: str, b: str) -> None:
    assert compare_names(a, b) is compare_names(b, a)


@given(LETTERS)
def test_three_differing_letters_never_pass(name: str) -> None:
    assert not compare_names(f"{name} Lan", f"{name} Bxy").passes


def test_people_are_sorted_by_ten_then_dem_then_ho() -> None:
    people = [
        "Lê Hoài An", "Nguyễn Văn An", "Trần Thị An", "Bùi Thị Ái", "Lê Thị Ánh", "Phạm Văn Ánh",
        "Đỗ Văn Ân", "Lê Văn Ẩn", "Trần Bá", "Lê Văn Bắc", "Nguyễn Thị Bích", "Lê Văn Cường",
        "Lê Thị Dung", "Trần Văn Dũng", "Nguyễn Văn Đạt", "Lê Văn Đông", "Trần Đức", "Lê Thị Em",
        "Lê Văn Êm", "Hồ Giang", "Lê Thị Hà", "Trần Thị Hoa", "Lê Thị Hòa", "Nguyễn Khánh",
        "Trần Văn Lâm", "Lê Thị Ly", "Hồ Mai", "Trần Nam", "Lê Văn Oanh", "Nguyễn Thị Ô", "Ngô Văn Ơn",
        "Phan Phúc", "Lê Quý", "Trần Sơn", "Nguyễn Tâm", "Lê Uyên", "Trần Ưng", "Lê Vân", "Hồ Xuân",
        "Lê Yến",
    ]  # fmt: skip
    first = ["Bùi Thị Ái", "Lê Hoài An", "Trần Thị An", "Nguyễn Văn An", "Lê Thị Ánh", "Phạm Văn Ánh"]
    expected = first + [name for name in people if name not in first]
    assert sorted(people, key=sort_key) == expected


def test_the_key_sorts_under_the_c_collation() -> None:
    keys = [sort_key(name) for name in ("Lê Ân", "Lê Eo", "Lê Đức", "Lê Dung")]
    assert all(key.isascii() or key.encode() for key in keys)
    assert sort_key("Lê Ân") < sort_key("Lê Eo")
    assert sort_key("Lê Dung") < sort_key("Lê Đức")


@pytest.mark.parametrize("typed", ["duc", "Đuc", "ĐỨC", unicodedata.normalize("NFD", "đức")])
def test_search_finds_duc_however_it_is_typed(typed: str) -> None:
    assert fold_name(typed) == fold_name("Đức")
