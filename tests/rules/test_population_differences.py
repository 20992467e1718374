# SPDX-License-Identifier: MPL-2.0
"""What the population register says, told apart from what our record says."""

from __future__ import annotations

import pytest

from ansinh.rules.dates import PartialDate
from ansinh.rules.population import (
    ALPHABET,
    Kind,
    MatchContradicts,
    NeedsDay,
    NeedsPlace,
    Ours,
    Result,
    Said,
    assess,
    check,
    read_reference,
    with_check,
    written_as_name,
)

BORN = PartialDate(1950, 4, 3)


def ours(**said: object) -> Ours:
    found: dict[str, object] = {
        "name": "Nguyễn Thị Hoà",
        "born": BORN,
        "sex": "female",
        "number": "000150000011",
    }
    return Ours(**(found | said))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("mine", "said", "kind"),
    [
        ({}, Said(Result.DIFFERENT_NAME, name="Nguyễn Thị Hòa"), Kind.NAME_TONE),
        ({"name": "Trần Văn Lí"}, Said(Result.DIFFERENT_NAME, name="TRẦN VĂN LÝ"), Kind.NAME_TONE),
        ({"name": "Đinh Y-Thoại"}, Said(Result.DIFFERENT_NAME, name="Đinh Y Thoại"), Kind.NAME_SPELLING),
        ({"name": "H'Hen Niê"}, Said(Result.DIFFERENT_NAME, name="HHEN NIÊ"), Kind.NAME_SPELLING),
        ({"name": "Nguyen Thi Hoa"}, Said(Result.DIFFERENT_NAME, name="Nguyễn Thị Hòa"), Kind.NAME_MARKS),
        ({"name": "Lê Thị Lan"}, Said(Result.DIFFERENT_NAME, name="Lê Thị Lam"), Kind.NAME_CLOSE),
        ({}, Said(Result.DIFFERENT_NAME, name="Phan Văn Tám"), Kind.NAME_OTHER),
        ({}, Said(Result.DIFFERENT_NAME), Kind.NAME_UNSAID),
        ({"born": PartialDate(1950)}, Said(Result.DIFFERENT_BIRTH, born=BORN), Kind.BIRTH_PRECISION),
        ({"born": PartialDate(1950, 4)}, Said(Result.MATCHED, born=BORN), Kind.BIRTH_PRECISION),
        ({"born": PartialDate(1950, 1, 1)}, Said(Result.DIFFERENT_BIRTH, born=BORN), Kind.BIRTH_PRECISION),
        ({}, Said(Result.DIFFERENT_BIRTH, born=PartialDate(1950, 3, 4)), Kind.BIRTH_SWAPPED),
        ({}, Said(Result.DIFFERENT_BIRTH, born=PartialDate(1951, 4, 3)), Kind.BIRTH_OTHER),
        ({}, Said(Result.DIFFERENT_BIRTH), Kind.BIRTH_UNSAID),
        ({}, Said(Result.DIFFERENT_SEX), Kind.SEX_OTHER),
        ({"sex": ""}, Said(Result.MATCHED, sex="female"), Kind.SEX_MISSING),
        ({"sex": ""}, Said(Result.DIFFERENT_SEX), Kind.SEX_UNSAID),
        ({"number": ""}, Said(Result.WRONG_NUMBER, number="000150000011"), Kind.NUMBER_MISSING),
        (
            {"number": "", "old_number": True},
            Said(Result.WRONG_NUMBER, number="000150000011"),
            Kind.NUMBER_OLD,
        ),
        ({"number": "000150000021"}, Said(Result.WRONG_NUMBER, number="000150000011"), Kind.NUMBER_TYPING),
        ({"number": "000150000101"}, Said(Result.WRONG_NUMBER, number="000150000011"), Kind.NUMBER_TYPING),
        ({"number": "000150999888"}, Said(Result.WRONG_NUMBER, number="000150000011"), Kind.NUMBER_OTHER),
        ({}, Said(Result.WRONG_NUMBER, number="000071000011"), Kind.NUMBER_INCONSISTENT),
        ({}, Said(Result.WRONG_NUMBER), Kind.NUMBER_UNSAID),
        ({}, Said(Result.DUPLICATE), Kind.DUPLICATE),
        ({}, Said(Result.NOT_FOUND), Kind.NOT_FOUND),
        ({}, Said(Result.DECEASED, died_on=PartialDate(2024, 2, 1)), Kind.DECEASED),
        ({}, Said(Result.MOVED, moved_to="Xã Tam Thanh"), Kind.MOVED),
    ],
)
def test_each_kind_of_difference_is_told_apart(mine: dict[str, object], said: Said, kind: Kind) -> None:
    assert assess(ours(**mine), said).kinds == (kind.value,)


@pytest.mark.parametrize(
    "said",
    [
        Said(Result.MATCHED),
        Said(Result.MATCHED, name="NGUYỄN THỊ HOÀ", born=BORN, sex="female", number="000150000011"),
        Said(Result.MATCHED, born=PartialDate(1950)),  # the register knows less: nothing to correct
    ],
)
def test_the_same_person_leaves_nothing_to_settle(said: Said) -> None:
    assert assess(ours(), said).kinds == ()


def test_a_correction_says_what_the_register_says_written_as_we_write() -> None:
    found = assess(
        ours(born=PartialDate(1950)), Said(Result.DIFFERENT_NAME, name="NGUYỄN THỊ HÒA", born=BORN)
    )
    assert found.correction == {"name": "Nguyễn Thị Hòa", "born": "1950-04-03"}
    assert found.one_click


def test_one_real_difference_takes_the_person_out_of_the_group_action() -> None:
    found = assess(ours(), Said(Result.DIFFERENT_NAME, name="Nguyễn Thị Hòa", born=PartialDate(1961, 1, 2)))
    assert found.kinds == ("birth_other", "name_tone")
    assert not found.one_click


def test_an_answer_about_somebody_else_proposes_nothing() -> None:
    found = assess(ours(), Said(Result.DIFFERENT_NAME, name="Phan Văn Tám", born=PartialDate(1971, 1, 2)))
    assert found.kinds[0] == "other_person"
    assert found.correction == {}


def test_matched_with_a_value_that_really_differs_is_refused() -> None:
    said = Said(Result.MATCHED, name="Phan Văn Tám")
    with pytest.raises(MatchContradicts, match="họ tên"):
        check("ABC", said, assess(ours(), said))


def test_half_an_answer_is_refused() -> None:
    for said, why in ((Said(Result.DECEASED), NeedsDay), (Said(Result.MOVED, moved_to="  "), NeedsPlace)):
        with pytest.raises(why):
            check("ABC", said, assess(ours(), said))


@pytest.mark.parametrize(
    ("printed", "kept"),
    [("Y BLÔK ÊBAN", "Y Blôk Êban"), ("H'HEN NIÊ", "H'Hen Niê"), ("Lê Văn An", "Lê Văn An"),
     ("ĐINH Y-THOẠI", "Đinh Y-Thoại"), ("  TRẦN  VĂN Đức ", "TRẦN VĂN Đức")],
)  # fmt: skip
def test_capitals_of_the_register_are_written_as_names(printed: str, kept: str) -> None:
    assert written_as_name(printed) == kept


def test_a_reference_shows_a_wrong_sign_and_two_exchanged_ones() -> None:
    kept = with_check("K7QM3XPD")
    assert read_reference(f" {kept.lower()} ") == kept
    wrong = 0
    for at, sign in enumerate(kept):
        for other in ALPHABET:
            if sign != "-" and other != sign:
                wrong += read_reference(kept[:at] + other + kept[at + 1 :]) is not None
    assert wrong == 0
    bare = kept.replace("-", "")
    exchanged = [bare[:at] + bare[at + 1] + bare[at] + bare[at + 2 :] for at in range(len(bare) - 2)]
    assert all(read_reference(each) is None for each in exchanged if each != bare)
