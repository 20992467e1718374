# SPDX-License-Identifier: MPL-2.0
"""What follows from a visit, and what a message may hold."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.rules.outreach import (
    ASK_AGAIN_DAYS,
    MessageHoldsCode,
    MessageHoldsLink,
    MessageTooLong,
    Outcome,
    Step,
    check_message,
    next_step,
)
from ansinh.rules.readiness import Obstacle

ON = date(2024, 3, 11)


@pytest.mark.parametrize(
    ("outcome", "reasons", "more", "step", "days"),
    [
        (Outcome.ABSENT, (), {"absences": 1}, Step.VISIT, 7),
        (Outcome.ABSENT, (), {"absences": 3}, Step.ASK_HAMLET, 3),
        (Outcome.MET, (), {}, Step.VISIT, 14),
        (Outcome.AGREED, (), {}, Step.GO_TO_BANK, 14),
        (Outcome.AGREED, (Obstacle.FAR,), {}, Step.BANK_AT_HOME, 14),
        (Outcome.NEEDS_HELP, (Obstacle.NO_ID,), {}, Step.HELP_WITH_PAPERS, 14),
        (Outcome.NEEDS_HELP, (), {"needs_representative": True}, Step.ARRANGE_REPRESENTATIVE, 30),
        (Outcome.REFUSED, (Obstacle.UNWILLING,), {}, Step.SIGN_REFUSAL, 7),
        (Outcome.REFUSED, (Obstacle.UNWILLING,), {"signed": True}, Step.ASK_AGAIN, ASK_AGAIN_DAYS),
        (Outcome.ACCOUNT_OPENED, (), {}, Step.COLLECT_ACCOUNT, 3),
    ],
)
def test_each_outcome_has_its_next_step_and_day(
    outcome: Outcome, reasons: tuple[Obstacle, ...], more: dict[str, bool], step: Step, days: int
) -> None:
    found = next_step(outcome, reasons, on=ON, **more)  # type: ignore[arg-type]
    assert (found.step, found.on) == (step, ON + timedelta(days))


def test_an_account_that_is_written_down_leaves_nothing_to_do() -> None:
    assert next_step(Outcome.ACCOUNT_OPENED, (), on=ON, declared=True).step is Step.DONE


@given(
    st.sampled_from(Outcome), st.sets(st.sampled_from(Obstacle)), st.integers(0, 9), st.booleans(),
    st.booleans(), st.booleans(),
)  # fmt: skip
def test_only_a_declared_account_is_ever_done(
    outcome: Outcome, reasons: set[Obstacle], absences: int, signed: bool, declared: bool, minor: bool
) -> None:
    found = next_step(
        outcome, reasons, on=ON, absences=absences, signed=signed, declared=declared,
        needs_representative=minor,
    )  # fmt: skip
    done = outcome is Outcome.ACCOUNT_OPENED and declared
    assert (found.step is Step.DONE) == done
    assert done == (found.on is None)
    assert found.on is None or found.on > ON


@pytest.mark.parametrize(
    "text",
    ["Xem tại https://vneid.example", "vào www.nganhang", "bấm bit.ly/abc", "nhantien.com.vn hôm nay",
     "HTTP://A"],
)  # fmt: skip
def test_a_message_never_holds_a_link(text: str) -> None:
    with pytest.raises(MessageHoldsLink):
        check_message(text)


@pytest.mark.parametrize("text", ["mã 482913", "tài khoản 1903 6712 3456", "số 048.190.001.234"])
def test_a_message_never_holds_a_code_or_a_whole_number(text: str) -> None:
    with pytest.raises(MessageHoldsCode):
        check_message(text)


def test_a_message_is_short() -> None:
    with pytest.raises(MessageTooLong):
        check_message("a " * 300)


def test_plain_words_with_the_last_four_digits_and_a_month_pass() -> None:
    text = "Tài khoản có 4 số cuối 3456 dùng từ tháng 3/2024, ngày 05/03/2024. Hỏi UBND xã."
    assert check_message(text) == text
