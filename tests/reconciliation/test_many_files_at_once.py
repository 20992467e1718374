# SPDX-License-Identifier: MPL-2.0
"""Files about the same payments that arrive at the same moment: none is lost, nothing is booked twice."""

from __future__ import annotations

import random
import threading

import pytest
from django.db import connection, transaction

from ansinh.reconciliation.models import Outcome, ResultFile
from ansinh.staff.scope import opened_to_all
from tests.conftest import make_cast
from tests.disbursement.month import instructed, instructions, nothing_broken, sent, states
from tests.reconciliation.answers import file, row, take

WRITERS = 5


@pytest.mark.slow
def test_g2p_bridge_no_batch_is_lost_to_locks_and_counts_are_what_is_stored(committed_database: str) -> None:
    """There nine of a hundred batches crash on lock contention, and a counter says 6,000 of 20,000."""
    cast = make_cast()
    payroll = instructed(cast, people=10, accounts=10)
    sent(cast, payroll)
    made = instructions(payroll, channel="account")
    contents = []
    for seed in range(WRITERS):
        rows = [row(one) for one in made] + [row(made[seed], "RETURNED", reason="AC04")]
        random.Random(seed).shuffle(rows)
        contents.append(file(rows))
    barrier, raised = threading.Barrier(WRITERS), []

    def write(content: bytes) -> None:
        try:
            barrier.wait(30)
            take(cast, payroll, content)
        except BaseException as fault:
            raised.append(fault)
            raise
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(content,)) for content in contents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert raised == []
    assert sorted(states(payroll, channel="account")) == ["paid"] * 5 + ["returned"] * 5
    with transaction.atomic(), opened_to_all():
        assert set(ResultFile.objects.values_list("state", "count")) == {("applied", 11)}
        assert Outcome.objects.count() == WRITERS * 11
        assert Outcome.objects.filter(outcome="applied").count() == 10 + WRITERS
    nothing_broken()
