# SPDX-License-Identifier: MPL-2.0
"""Quảng Nam of 2024 and the Đà Nẵng of today."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from ansinh.audit.models import Event
from ansinh.places import queries
from ansinh.places.actions import confirm_import, load_units, preview_import
from ansinh.places.actions.import_official import UnitListNotUnderstood
from ansinh.places.actions.load import load_hamlet
from ansinh.places.models import Unit, UnitParent

pytestmark = pytest.mark.django_db
BEFORE, AFTER = date(2024, 3, 1), date(2026, 1, 1)
AT = datetime(2024, 3, 1, tzinfo=UTC)
MERGED = {
    "02": "08", "10": "15", "06": "19", "24": "24", "26": "25", "17": "25", "30": "31", "34": "33",
    "35": "37", "36": "37", "45": "44", "49": "48", "62": "51", "52": "52", "58": "56", "54": "66",
    "67": "68", "60": "68", "70": "75", "74": "79", "77": "79", "72": "80", "82": "82", "83": "86",
    "84": "86", "91": "91", "94": "92", "93": "92", "95": "96",
}  # fmt: skip


def test_quang_nam_of_2024_has_its_districts_and_communes() -> None:
    province = queries.unit_on(code="49", on=BEFORE)
    districts = queries.children(unit_id=province.pk, on=BEFORE)
    kinds = [each.kind for each in districts]
    assert province.name == "Tỉnh Quảng Nam"
    assert (kinds.count("thành phố"), kinds.count("thị xã"), kinds.count("huyện")) == (2, 1, 15)
    communes = Unit.objects.filter(
        pk__in=queries.descendants(unit_ids=[province.pk], on=BEFORE), level="commune"
    )
    assert communes.count() == 233  # eight that merged on 1/1/2025 are missing in the source


def test_the_country_before_and_after() -> None:
    living = {
        day: {level: Unit.objects.filter(level=level, validity__contains=day).count()
              for level in ("province", "district", "commune")}
        for day in (date(2025, 6, 30), date(2025, 7, 1))
    }  # fmt: skip
    assert living[date(2025, 6, 30)] == {"province": 63, "district": 696, "commune": 10_035}
    assert living[date(2025, 7, 1)] == {"province": 34, "district": 0, "commune": 3_321}


@pytest.mark.parametrize(("old", "new"), sorted(MERGED.items()))
def test_provinces_merged_as_the_resolution_says(old: str, new: str) -> None:
    unit = queries.unit_on(code=old, on=BEFORE)
    assert [(u.code, share) for u, share, _on in queries.successors(unit_id=unit.pk)] == [(new, "whole")]


def test_a_code_means_another_unit_before_and_after() -> None:
    assert queries.unit_on(code="48", on=BEFORE).pk != queries.unit_on(code="48", on=AFTER).pk
    with pytest.raises(queries.UnitUnknown):
        queries.unit_on(code="49", on=AFTER)


def test_the_day_before_and_the_day_of_the_reform() -> None:
    day = date(2025, 7, 1)
    assert queries.unit_on(code="49", on=day - timedelta(days=1)).validity.upper == day
    assert queries.unit_on(code="48", on=day).validity.lower == day


def test_nong_son_was_a_district_until_2025() -> None:
    commune = queries.unit_on(code="20671", on=BEFORE)
    assert queries.ancestors(unit_id=commune.pk, on=BEFORE)[0].name == "Huyện Nông Sơn"
    assert queries.ancestors(unit_id=commune.pk, on=date(2025, 1, 1))[0].name == "Huyện Quế Sơn"


def test_ancestors_are_nearest_first() -> None:
    commune = queries.unit_on(code="20431", on=BEFORE)
    names = [unit.name for unit in queries.ancestors(unit_id=commune.pk, on=BEFORE)]
    assert names == ["Thành phố Hội An", "Tỉnh Quảng Nam"]


def test_an_old_jurisdiction_covers_what_it_became() -> None:
    hoi_an = queries.unit_on(code="503", on=BEFORE)
    covered = Unit.objects.filter(pk__in=queries.units_covered(unit_ids=[hoi_an.pk], on=AFTER))
    assert {unit.level for unit in covered} == {"commune"}
    assert {"Phường Hội An", "Phường Hội An Đông", "Phường Hội An Tây"} <= {u.name for u in covered}
    assert covered.count() < 8


def test_a_province_covers_everything_below_it_then_and_now() -> None:
    old = queries.unit_on(code="49", on=BEFORE)
    then = queries.units_covered(unit_ids=[old.pk], on=BEFORE)
    assert len(then) == 1 + 18 + 233
    now = Unit.objects.filter(pk__in=queries.units_covered(unit_ids=[old.pk], on=AFTER))
    assert now.filter(level="province").get().name == "Thành phố Đà Nẵng"


def test_covering_one_commune_never_covers_its_province() -> None:
    commune = queries.unit_on(code="20431", on=BEFORE)
    for day in (BEFORE, AFTER):
        covered = Unit.objects.filter(pk__in=queries.units_covered(unit_ids=[commune.pk], on=day))
        assert {unit.level for unit in covered} == {"commune"}


def test_names_are_found_without_marks_and_doubt_is_refused() -> None:
    province = queries.unit_on(code="49", on=BEFORE)
    assert queries.unit_named(name="xã cẩm thanh", within=province, on=BEFORE).code == "20431"
    assert queries.unit_named(name="CAM THANH", within=province, on=BEFORE).code == "20431"
    with pytest.raises(queries.UnitUnknown):
        queries.unit_named(name="Không Có", within=province, on=BEFORE)
    country_names = [unit.name for unit in queries.search(text="tan thanh", on=BEFORE)]
    assert len(country_names) > 5
    with pytest.raises(queries.UnitAmbiguous):
        queries.unit_named(name="Tân An", within=queries.unit_on(code="80", on=BEFORE), on=BEFORE)


def test_the_agencies_and_signers_change_on_their_day() -> None:
    assert queries.agency_on(function="merit", level="province", on=date(2025, 2, 28)) == (
        "Sở Lao động - Thương binh và Xã hội"
    )
    assert queries.agency_on(function="merit", level="province", on=AFTER) == "Sở Nội vụ"
    act = "social_assistance_decision"
    assert queries.signing_title_on(act=act, level="district", on=BEFORE) == "Chủ tịch UBND cấp huyện"
    assert queries.signing_title_on(act=act, level="district", on=AFTER) is None
    assert queries.signing_title_on(act=act, level="commune", on=AFTER) == "Chủ tịch UBND cấp xã"


def test_two_units_with_one_code_on_one_day_are_impossible() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.create(key="x", code="49", level="province", kind="tỉnh", name="Giả", name_key="gia",
                            sort_key="x", validity=(date(2020, 1, 1), None), source="test")  # fmt: skip


def test_two_parents_on_one_day_are_impossible() -> None:
    commune = queries.unit_on(code="20431", on=BEFORE)
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitParent.objects.create(
            unit=commune, parent=queries.unit_on(code="502", on=BEFORE), validity=(BEFORE, None)
        )


def test_loading_again_changes_nothing() -> None:
    before = Unit.objects.count()
    assert load_units(by=None, at=AT) == {}
    assert Unit.objects.count() == before


def test_questions_cost_the_same_for_a_commune_and_a_province(
    django_assert_num_queries: object,
) -> None:
    for code in ("20431", "49"):
        unit = queries.unit_on(code=code, on=BEFORE)
        with connection.execute_wrapper(lambda execute, *rest: execute(*rest)):
            with django_assert_num_queries(1):  # type: ignore[operator]
                queries.units_covered(unit_ids=[unit.pk], on=AFTER)


OFFICIAL = """code,level,kind,name,parent_code,valid_from,valid_to
48,province,thành phố,Thành phố Đà Nẵng,,01/07/2025,
20194,commune,phường,Phường Hải Vân Mới,48,01/07/2025,
99999,commune,xã,Xã Hoàn Toàn Mới,48,01/07/2025,
"""


def test_an_official_list_is_shown_before_it_is_written() -> None:
    found = preview_import(text=OFFICIAL)
    assert found.new == ("99999",)
    assert found.renamed == (("20194", "Phường Hải Vân", "Phường Hải Vân Mới"),)
    assert found.unchanged == 1
    assert len(found.only_ours) > 3_000
    assert queries.unit_on(code="20194", on=AFTER).name == "Phường Hải Vân"


def test_an_official_list_renames_and_adds_and_loses_nothing() -> None:
    old = queries.unit_on(code="20194", on=AFTER).pk
    before = Unit.objects.count()
    confirm_import(text=OFFICIAL, source="official.csv", by=None, at=AT)
    assert queries.unit_on(code="20194", on=AFTER).pk == old
    assert queries.unit_on(code="20194", on=AFTER).name == "Phường Hải Vân Mới"
    new = queries.unit_on(code="99999", on=AFTER)
    assert [u.code for u in queries.ancestors(unit_id=new.pk, on=AFTER)] == ["48"]
    assert Unit.objects.count() == before + 1
    assert Event.objects.filter(act="places.rename_unit").count() == 1
    assert preview_import(text=OFFICIAL).unchanged == 3


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [("level", "cấp", "thiếu cột"), ("province,thành phố", "city,thành phố", "cấp phải là"),
     ("01/07/2025", "2025", "thiếu ngày"), ("20194", "", "thiếu mã")],
)  # fmt: skip
def test_a_line_that_cannot_be_read_stops_the_whole_list(old: str, new: str, words: str) -> None:
    with pytest.raises(UnitListNotUnderstood, match=words):
        confirm_import(text=OFFICIAL.replace(old, new, 1), source="x", by=None, at=AT)
    assert not Unit.objects.filter(code="99999").exists()


def test_a_hamlet_belongs_to_its_commune() -> None:
    commune = queries.unit_on(code="20431", on=BEFORE)
    hamlet = load_hamlet(commune_id=commune.pk, name="Thôn Thanh Đông", valid_from=BEFORE, by=1, at=AT)
    assert [u.pk for u in queries.children(unit_id=commune.pk, on=BEFORE)] == [hamlet]
