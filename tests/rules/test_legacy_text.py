# SPDX-License-Identifier: MPL-2.0
"""Old encodings are recognised and shown converted (bad inputs 32-36)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.rules.legacy_text import detect


@pytest.mark.parametrize(
    ("typed", "encoding", "text"),
    [
        ("NguyÔn V¨n Hïng", "TCVN3", "Nguyễn Văn Hùng"), ("TrÇn ThÞ Lan", "TCVN3", "Trần Thị Lan"),
        ("Nguyeãn Vaên Huøng", "VNI", "Nguyễn Văn Hùng"), ("Traàn Thò Lan", "VNI", "Trần Thị Lan"),
        ("Ñaëng Vaên Ñöùc", "VNI", "Đặng Văn Đức"), ("Nguye^~n Va(n Hu`ng", "VIQR", "Nguyễn Văn Hùng"),
        ("Nguyá»…n", "UTF-8 đọc nhầm", "Nguyễn"),
    ],
)  # fmt: skip
def test_an_old_encoding_is_named_and_converted(typed: str, encoding: str, text: str) -> None:
    found = detect(typed)
    assert found is not None
    assert (found.encoding, found.text) == (encoding, text)


@pytest.mark.parametrize(
    "name",
    ["Nguyễn Văn Hùng", "Nguyen Van A", "H'Hen Niê", "Y Blôk Êban", "Hoàng Quân", "Phạm Thuý", "Võ Ngọc Ân",
     "Lê Quí Đôn", "K'Brêu", "Trần Ô", "Nguyên Thoại", "Hoá"],
)  # fmt: skip
def test_a_name_in_unicode_is_left_alone(name: str) -> None:
    assert detect(name) is None


@given(st.text(max_size=40))
def test_detection_never_fails(text: str) -> None:
    detect(text)
