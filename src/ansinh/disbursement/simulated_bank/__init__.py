# SPDX-License-Identifier: MPL-2.0
"""A bank to try against: takes files, moves invented money, answers badly when told to.

It shares no code with what it tests: it reads a file by itself, keeps books of its own (SQLite), and
counts by itself what it moved. `ansinh simulate bank` runs it as a process of its own.
"""

from ansinh.disbursement.simulated_bank.bank import (
    KNOBS,
    NoAnswerError,
    OldTokenError,
    OtherBodyError,
    SimulatedBank,
)

__all__ = ["KNOBS", "NoAnswerError", "OldTokenError", "OtherBodyError", "SimulatedBank"]
