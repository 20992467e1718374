# SPDX-License-Identifier: MPL-2.0
"""Sealed values: they open only where they belong, and are found only by their keyed index."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from django.apps import apps
from pytest_django.fixtures import Settings

from ansinh.staff.actions.officers import COLUMN
from ansinh.staff.models import Officer
from ansinh.vault import columns, keys, sealing

NUMBER = "000145000001"


@pytest.fixture
def own_keys(settings: Settings, tmp_path: Path) -> Path:
    """A key folder of its own."""
    settings.FIELD_KEYS_FOLDER = tmp_path
    return tmp_path


def test_a_sealed_value_opens_again_and_never_looks_the_same(own_keys: Path) -> None:
    once, twice = sealing.seal_many(column="a.b", texts=[NUMBER, NUMBER])
    assert once != twice
    assert NUMBER.encode() not in once
    assert sealing.open_sealed(column="a.b", sealed=once) == NUMBER


def test_a_set_opens_in_its_order_with_one_look_at_the_key_file(
    own_keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [f"{NUMBER[:-2]}{last:02d}" for last in range(50)]
    sealed: list[bytes | None] = [*sealing.seal_many(column="a.b", texts=texts)]
    sealed[7] = None
    looks: list[str] = []
    ring = keys.ring
    monkeypatch.setattr(keys, "ring", lambda purpose: looks.append(purpose) or ring(purpose))
    assert sealing.open_many(column="a.b", sealed=sealed) == [*texts[:7], "", *texts[8:]]
    assert looks == ["encryption"]


def test_one_changed_value_of_a_set_opens_nothing(own_keys: Path) -> None:
    sealed = [bytearray(each) for each in sealing.seal_many(column="a.b", texts=[NUMBER, NUMBER])]
    sealed[1][-1] ^= 1
    with pytest.raises(sealing.CannotOpenError):
        sealing.open_many(column="a.b", sealed=[bytes(each) for each in sealed])


def test_a_value_moved_to_another_column_does_not_open(own_keys: Path) -> None:
    sealed = sealing.seal(column="a.b", text=NUMBER)
    with pytest.raises(sealing.CannotOpenError):
        sealing.open_sealed(column="a.c", sealed=sealed)


def test_a_changed_byte_does_not_open(own_keys: Path) -> None:
    sealed = bytearray(sealing.seal(column="a.b", text=NUMBER))
    sealed[-1] ^= 1
    with pytest.raises(sealing.CannotOpenError):
        sealing.open_sealed(column="a.b", sealed=bytes(sealed))


def test_the_blind_index_is_equal_for_equal_values_of_one_column_only(own_keys: Path) -> None:
    index = sealing.blind_index(column="a.b", text=NUMBER)
    assert index == sealing.blind_index(column="a.b", text=NUMBER)
    assert index != sealing.blind_index(column="a.c", text=NUMBER)
    assert index != sealing.blind_index(column="a.b", text=NUMBER[:-1] + "2")
    assert index != hashlib.sha256(NUMBER.encode()).digest()


def test_the_key_ring_is_made_once_and_private(own_keys: Path) -> None:
    assert keys.make() is True
    assert keys.make() is False
    assert keys.path().stat().st_mode & 0o077 == 0


def test_production_never_makes_a_key_ring_by_itself(own_keys: Path, settings: Settings) -> None:
    settings.MODE = "production"
    with pytest.raises(keys.KeysMissingError, match="keys make"):
        keys.ring("encryption")


def test_an_old_key_still_opens_after_a_new_one_is_added(own_keys: Path) -> None:
    old = sealing.seal(column="a.b", text=NUMBER)
    assert keys.add("encryption") == "e2"
    new = sealing.seal(column="a.b", text=NUMBER)
    assert (sealing.key_id_of(old), sealing.key_id_of(new)) == ("e1", "e2")
    assert sealing.open_sealed(column="a.b", sealed=old) == NUMBER


def test_rotation_seals_every_value_again_and_loses_none(
    own_keys: Path, cast: dict[str, Officer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(columns, "CHUNK", 5)
    before = {o.pk: sealing.open_sealed(column=COLUMN, sealed=o.citizen_number_enc) for o in cast.values()}
    keys.add("encryption")
    assert sum(columns.reseal()) == len(cast)
    assert columns.counts()[COLUMN] == {"e2": len(cast)}
    after = {
        o.pk: sealing.open_sealed(column=COLUMN, sealed=o.citizen_number_enc) for o in Officer.objects.all()
    }
    assert after == before
    assert list(columns.reseal()) == []


def test_every_sealed_column_is_known_to_rotation() -> None:
    in_models = {
        f"{model._meta.db_table}.{field.column}"
        for model in apps.get_models()
        for field in model._meta.fields
        if field.column and (field.column.endswith("_enc") or field.column == "sealed")
    }
    assert in_models == {f"{each.table}.{each.enc}" for each in columns.registered()}
