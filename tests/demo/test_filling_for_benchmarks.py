# SPDX-License-Identifier: MPL-2.0
"""The fast way in for benchmarks puts in what the slow one would."""

from __future__ import annotations

from datetime import UTC, datetime

from django.db import transaction

from ansinh.config import database
from ansinh.demo.fill import fill_register
from ansinh.demo.places import communes
from ansinh.demo.scene import PLAYS_ON
from ansinh.legislation.load import load
from ansinh.places.models import Unit
from ansinh.registry.models import Award, Person, Residence
from ansinh.registry.records import NUMBER, opened_number
from ansinh.staff.scope import open_to_all
from ansinh.vault.sealing import blind_index


def test_a_filled_register_reads_like_any_other(committed_database: str) -> None:
    living = Unit.objects.filter(level="commune", validity__contains=PLAYS_ON)
    units = dict(living.filter(code__in=[each.code for each in communes()]).values_list("code", "pk"))
    with database.connect("owner", name=committed_database) as owner:
        done = fill_register(owner=owner, units=units, seed=1, people=2_000, law=load(),
                             at=datetime(2024, 3, 1, tzinfo=UTC))  # fmt: skip
        again = fill_register(owner=owner, units=units, seed=2, people=500, law=load(),
                              at=datetime(2024, 3, 1, tzinfo=UTC), many_communes=3)  # fmt: skip
        owner.commit()
    assert (done.people, again.people, again.first_id) == (2_000, 500, done.last_id + 1)
    with transaction.atomic():
        open_to_all()
        assert Person.objects.count() == Residence.objects.count() == 2_500
        assert Award.objects.count() == done.awards + again.awards
        someone = Person.objects.order_by("?").first()
        assert someone is not None
        number = opened_number(someone.number_enc)
        assert number.startswith("000")
        assert blind_index(column=NUMBER, text=number) == bytes(someone.number_bidx or b"")
