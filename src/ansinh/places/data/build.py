# SPDX-License-Identifier: MPL-2.0
"""Rebuild `units.csv` and `successors.csv` from an installed package of open data.

    python -m venv /some/where && /some/where/bin/pip install vietnamadminunits==1.0.4
    /some/where/bin/python src/ansinh/places/data/build.py

Reads the package's database and conversion table only (never its geocoder) and
writes beside itself. The package is not a dependency: its run-time functions send addresses
to a foreign service.
"""

import csv
import json
import sqlite3
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent
REFORM = "2025-07-01"


def kind_of(name: str) -> str:
    """`Thành phố`, `Thị xã`, `Xã` …: the words before the proper name."""
    for kind in ("Thành phố", "Thị xã", "Thị trấn", "Đặc khu", "Tỉnh", "Quận", "Huyện", "Phường", "Xã"):
        if name.lower().startswith(kind.lower()):
            return kind.lower()
    raise ValueError(name)


def main() -> None:
    package = find_spec("vietnamadminunits")
    if package is None or not package.submodule_search_locations:
        raise SystemExit("install vietnamadminunits first")
    folder = Path(package.submodule_search_locations[0]) / "data"
    base = sqlite3.connect(folder / "dataset.db")
    units: dict[str, list[str]] = {}
    keys: dict[str, str] = {}

    def add(era: str, level: str, code: str, name: str, parent: str) -> str:
        key = f"{era}:{level[0]}{code}"
        dates = ["", REFORM] if era == "2024" else [REFORM, ""]
        units[key] = [key, code, level, kind_of(name), name, parent, *dates]
        return key

    columns = (
        "province, provinceCode, district, districtCode, ward, wardCode, provinceKey, districtKey, wardKey"
    )
    for row in base.execute(f"SELECT {columns} FROM admin_units_legacy ORDER BY provinceCode, wardCode"):
        province, p_code, district, d_code, ward, w_code, p_key, d_key, w_key = row
        parent = keys[p_key] = add("2024", "province", p_code, province, "")
        inside = keys[f"{p_key}_{d_key}"] = add("2024", "district", d_code, district, parent)
        if w_code:
            keys[f"{p_key}_{d_key}_{w_key}"] = add("2024", "commune", w_code, ward, inside)
    new: dict[str, str] = {}
    columns = "province, provinceCode, ward, wardCode, provinceKey, wardKey"
    for province, p_code, ward, w_code, p_key, w_key in base.execute(
        f"SELECT {columns} FROM admin_units ORDER BY provinceCode, wardCode"
    ):
        parent = new[p_key] = add("2025", "province", p_code, province, "")
        new[f"{p_key}_{w_key}"] = add("2025", "commune", w_code, ward, parent)

    table = json.loads((folder / "converter_2025.json").read_text())
    links = {(keys[old], new[now], "whole") for now, olds in table["DICT_PROVINCE"].items() for old in olds}
    unknown = []
    for p_key, wards in table["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for w_key, olds in wards.items():
            for old in olds:
                old = old.rstrip("_")  # island districts without communes
                if old in keys:
                    links.add((keys[old], new[f"{p_key}_{w_key}"], "whole"))
                else:
                    unknown.append(old)
    for p_key, wards in table["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, parts in wards.items():
            for part in parts:
                size = "main" if part["isDefaultNewWard"] else "part"
                if old in keys:
                    links.add((keys[old], new[f"{p_key}_{part['newWardKey']}"], size))
                else:
                    unknown.append(old)
    write("units.csv", "key,code,level,kind,name,parent,valid_from,valid_to", sorted(units.values()))
    write("successors.csv", "old,new,share,on", [[*link, REFORM] for link in sorted(links)])
    print(
        len(units), "units,", len(links), "links,", len(set(unknown)), "unknown:", sorted(set(unknown))[:10]
    )


def write(name: str, header: str, rows: list[list[str]]) -> None:
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header.split(","))
        writer.writerows(rows)


if __name__ == "__main__":
    main()
