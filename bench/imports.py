# SPDX-License-Identifier: MPL-2.0
"""Reading and judging lists beside the bare reader: `ansinh bench import`."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import xlsxwriter

from ansinh.legislation.load import load
from ansinh.registry.files.check import check
from ansinh.registry.files.kinds import inspect
from ansinh.registry.files.rows import Context, Row
from ansinh.rules.months import Month

HEADER = [
    "STT",
    "Họ và tên",
    "Ngày, tháng, năm sinh",
    "Giới tính",
    "Số CCCD",
    "Thôn, tổ dân phố",
    "Mã chế độ",
    "Số quyết định",
    "Ngày quyết định",
    "Mức hưởng",
]
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hồ", "Võ", "Huỳnh", "Đặng", "Bùi", "Alăng")
MIDDLE = ("Thị", "Văn", "Thị Hồng", "Đình", "Thị Thu", "Hữu", "Quang")
GIVEN = ("Hòa", "Lan", "Mai", "Cúc", "Bình", "Sen", "Thảo", "Hạnh", "Đức", "Yến", "Khánh", "Phượng", "Tùng")
BARE = """
import resource, sys, time
from python_calamine import CalamineWorkbook
started = time.perf_counter()
rows = sum(1 for _row in CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).iter_rows())
print(time.perf_counter() - started, rows, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def write_list(path: Path, rows: int) -> None:
    """A list of invented people, as a commune writes it, one row in forty with a fault."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        page = book.add_worksheet("Danh sách")
        page.write_row(0, 0, HEADER)
        for at in range(1, rows + 1):
            year, female = 1966 + at % 20, at % 2
            name = f"{FAMILY[at % 10]} {MIDDLE[at // 10 % 7]} {GIVEN[at // 7 % 13]} {GIVEN[at // 97 % 13]}"
            number = (
                f"000{female}{year % 100:02d}{at:06d}" if at % 40 else f"999{female}{year % 100:02d}{at:06d}"
            )
            page.write_row(at, 0, (
                at, name, f"{at % 28 + 1:02d}/{at % 12 + 1:02d}/{year}", "Nữ" if female else "Nam", number,
                f"Thôn {at % 12 + 1}", "K6_N", f"{at}/QĐ-UBND", f"{at % 28 + 1:02d}/01/2023", 540000,
            ))  # fmt: skip


def run(*, rows: int) -> dict[str, object]:
    """Seconds, rows a second, ratio to the bare reader, peak memory of the parent and its child. On a
    busy machine the processor's seconds say more than the clock's: parsing and judging run side by side."""
    with tempfile.TemporaryDirectory(prefix="ansinh-bench-") as folder:
        path = Path(folder) / "list.xlsx"
        write_list(path, rows)
        started = time.perf_counter()
        inspect(path, name="list.xlsx")
        looked = time.perf_counter() - started
        kept = 0

        def sink(chunk: list[Row]) -> None:
            nonlocal kept
            kept += len(chunk)

        context = Context(
            unit_name="Xã Cẩm Thanh", unit_key="cam thanh", province="49", month=Month(2024, 3),
            on=date(2024, 3, 20), law=load(), allow_invented=True,
        )  # fmt: skip
        started, worked = time.perf_counter(), time.process_time()
        done = check(path, name="list.xlsx", form="awards", context=context, sink=sink)
        seconds, worked = time.perf_counter() - started, time.process_time() - worked
        child = resource.getrusage(resource.RUSAGE_CHILDREN)
        size = path.stat().st_size
        child_kb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss  # before the bare reader's
        parent_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        bare = subprocess.run(
            [sys.executable, "-c", BARE, str(path)], capture_output=True, text=True, check=True
        )
        bare_seconds, _rows, bare_kb = bare.stdout.split()
    bare_s = float(bare_seconds)
    return {
        "rows": kept, "accepted": done.accepted, "rejected": done.rejected,
        "file_mb": round(size / 2**20, 1), "seconds": round(seconds, 2),
        "judging_cpu_seconds": round(worked, 2), "parsing_cpu_seconds": round(child.ru_utime, 2),
        "rows_a_second": int(kept / seconds), "look_at_bytes_seconds": round(looked, 2),
        "bare_reader_seconds": round(bare_s, 2), "ratio_to_bare_reader": round(seconds / bare_s, 1),
        "peak_mb_parent": parent_kb // 1024, "peak_mb_child": child_kb // 1024,
        "peak_mb_bare": int(bare_kb) // 1024,
    }  # fmt: skip
