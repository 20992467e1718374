# SPDX-License-Identifier: MPL-2.0
"""Linked by probability: what is found goes before the same reviewer, once, with its probability."""

from __future__ import annotations

import importlib
import random
from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from django.urls import reverse

from ansinh.registry import linkage
from ansinh.registry.actions.duplicates import find_duplicates, keep_apart
from ansinh.registry.actions.linkage import link_records
from ansinh.registry.linkage import Link, LinkageMissing, Row, links, probability
from ansinh.registry.models import DuplicatePair
from ansinh.staff.models import Officer
from ansinh.staff.scope import open_to_all
from tests.conftest import units
from tests.registry.conftest import AT, AddPerson, signed_in, sister

SURNAMES, MIDDLES = ("nguyen", "tran", "le", "pham", "ho", "alang"), ("thi", "van", "ngoc", "huu")
GIVEN = ("hoa", "lan", "binh", "cuc", "dung", "yen", "hanh", "mai", "son", "vinh", "tam", "nho")


@pytest.mark.parametrize(
    ("weight", "said"), [(0, 500), (1_000, 667), (10_000, 999), (-3_000, 111), (10**6, 1_000)]
)
def test_a_weight_in_bits_is_a_probability(weight: int, said: int) -> None:
    assert probability(weight) == said


def test_links_are_queued_once_beside_what_was_compared_and_decided(add: AddPerson, maker: Officer) -> None:
    here, there = units()[0], sister(units()[0])
    one, two, three = add(), add(), add("Nguyễn T Hoà", born="1951")
    elsewhere = add("Nguyễn Thị Hoà", born="1950", unit=there)
    find_duplicates(by=None, at=AT)
    compared = DuplicatePair.objects.get(first=one, second=two)
    keep_apart(pair_id=compared.pk, reason="Hai chị em", by=maker, at=AT)
    asked: list[set[int]] = []

    def found(rows: Iterable[Row]) -> list[Link]:
        asked.append({row.id for row in rows})
        return [Link(one.pk, two.pk, 12_000), Link(one.pk, three.pk, 9_000), Link(two.pk, three.pk, 1_500)]

    counts = link_records(commune_ids=[here.pk], by=None, at=AT, linker=found)
    assert counts == {"people": 3, "linked": 3, "kept": 2}
    assert elsewhere.pk not in asked[0]
    assert link_records(commune_ids=[here.pk], by=None, at=AT, linker=found)["kept"] == 0
    assert DuplicatePair.objects.get(pk=compared.pk).state == "distinct"
    pairs = {pair.second_id: pair for pair in DuplicatePair.objects.filter(first=one, state="open")}
    assert (pairs[three.pk].likeness, pairs[three.pk].reasons) == ("likely", ["linkage"])
    assert DuplicatePair.objects.get(first=two, second=three).likeness == "possible"
    page = signed_in(maker).get(reverse("registry:duplicates")).content.decode()
    assert "so theo xác suất" in page
    assert "xác suất 99,8 %" in page
    assert "xác suất 73,9 %" in page
    open_to_all()


def test_without_the_extra_the_command_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> object:
        raise ImportError(name)

    monkeypatch.setattr(linkage.importlib, "import_module", missing)
    with pytest.raises(LinkageMissing, match="requirements-linkage"):
        links([])


def invented(count: int) -> list[Row]:
    pick = random.Random(3)
    words = (SURNAMES, MIDDLES, GIVEN, GIVEN)
    return [
        Row(number, " ".join(pick.choice(each) for each in words),
            date(1930, 1, 1) + timedelta(days=pick.randrange(30_000)), "day", pick.choice(("male", "female")),
            number % 4, f"Thôn {number % 9}", None)
        for number in range(count)
    ]  # fmt: skip


def test_splink_finds_planted_twins_and_little_else() -> None:
    if importlib.util.find_spec("splink") is None:
        pytest.skip("the extra is not installed")
    rows = invented(1_500)
    twins = {}
    for number in range(0, 300, 10):
        old = rows[number]
        born = old.born_on.replace(month=1, day=1) if number % 20 else old.born_on
        twin = Row(10_000 + number, old.name[:-1] if number % 20 == 0 else old.name, born,
                   "year" if number % 20 else "day", old.sex, old.commune, old.hamlet, None)  # fmt: skip
        twins[old.id] = twin.id
        rows.append(twin)
    found = links(rows)
    right = {(each.first, each.second) for each in found} & set(twins.items())
    assert len(right) >= 0.6 * len(twins)
    assert len(right) >= 0.7 * len(found)
    assert [each.weight for each in found] == sorted((each.weight for each in found), reverse=True)
