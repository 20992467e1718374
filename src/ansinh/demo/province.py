# SPDX-License-Identifier: MPL-2.0
"""The whole invented province, commune by commune: people, families, frauds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ansinh.demo.frauds import plant
from ansinh.demo.invented import InventedCommune, InventedPerson
from ansinh.demo.people import people_of
from ansinh.demo.places import communes, shares
from ansinh.rules.law import Law


def province(
    *, seed: int, many_communes: int, people: int, law: Law, frauds: bool = True
) -> Iterator[InventedCommune]:
    """The first `many_communes` communes (at most as many as Quảng Nam had) with `people` persons
    between them; a planted twin comes on top. Streams: one commune at a time is in memory."""
    chosen = communes()[:many_communes]
    before: Sequence[InventedPerson] = ()
    for commune, many in zip(chosen, shares(chosen, people), strict=True):
        found = people_of(seed=seed, commune=commune, many=many, law=law)
        planted = plant(seed=seed, commune=commune, people=found, before=before, law=law) if frauds else []
        before = found
        yield InventedCommune(commune, found, planted)
