# SPDX-License-Identifier: MPL-2.0
"""`ansinh demo`."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from ansinh.config.commands.serve import serve as serve_command
from ansinh.config.home import folder, read_json, write_private
from ansinh.config.invariants import check_all
from ansinh.config.sealing import seal_now
from ansinh.demo.officers import PASSWORD
from ansinh.demo.places import communes as all_communes
from ansinh.demo.register_step import write_files
from ansinh.demo.steps import PLAYS_ON, STEPS, Scene, Step
from ansinh.rules.refusals import Refusal
from ansinh.staff.duties import label

DEFAULT_COMMUNES, PEOPLE_A_COMMUNE = 12, 500

PAGES = (
    ("", "Việc hôm nay"),
    ("phap-luat/", "Pháp luật theo ngày"),
    ("phap-luat/tinh-muc-huong/?month=08/2024&code=K6_N&born=1962", "Vì sao được mức này?"),
    ("don-vi/?ngay=01/03/2024", "Đơn vị hành chính vào 01/03/2024"),
    ("don-vi/2024:p49/", "Quảng Nam của năm 2024"),
    ("chi-dao/", "Văn bản 29/02/2024 và tiến độ các đơn vị"),
    ("to-chuc-chi-tra/lua-chon/", "Lựa chọn tổ chức chi trả, hợp đồng"),
    ("ho-so/doi-tuong/", "Danh sách đối tượng"),
    ("ho-so/danh-sach/", "Danh sách các xã gửi"),
    ("can-bo/", "Cán bộ và vai trò"),
    ("can-bo/nhiem-vu/", "Ai được làm gì"),
    ("phe-duyet/", "Phê duyệt"),
    ("nhat-ky/", "Nhật ký kiểm tra"),
)


@click.command()
@click.option("--seed", type=int, help="Another seed: other people, other files, other faults (default 1).")
@click.option("--communes", type=click.IntRange(1, 300), help="How many communes (default 12).")
@click.option("--people", type=click.IntRange(1), help="How many people in all of them (default 6,000).")
@click.option(
    "--files-only",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Only write the files that communes send, each with its truth.",
)
@click.option("--serve/--no-serve", default=True, help="Serve the pages afterwards (default).")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON and nothing else.")
def demo(
    *,
    seed: int | None,
    communes: int | None,
    people: int | None,
    files_only: Path | None,
    serve: bool,
    port: int,
    as_json: bool,
) -> None:
    """Set up the invented province, as far as the house is built, and open its pages.

    Plays Quảng Nam in March 2024: the law, the units and the officers; then each commune's messy list
    comes in, is corrected and sent again; then every stage that is built. Serves the pages on this
    machine and prints where to look. Run it again at any time: what is there is kept.
    """
    started = time.monotonic()
    size = _size(seed, communes, people, kept=files_only is None)
    scene = Scene(
        on=PLAYS_ON, at=datetime.now(UTC), folder=folder("demo"), seed=size["seed"],
        communes=size["communes"], people=size["people"],
    )  # fmt: skip
    console = Console(stderr=True, quiet=as_json, highlight=False)
    steps = (
        STEPS
        if files_only is None
        else (Step("Ghi tệp các xã gửi", partial(write_files, folder=files_only)),)
    )
    for step in steps:
        console.print(f"✓ {step.label}: {_done(step, scene, console)}", soft_wrap=True)
    sealed = None
    if files_only is None:
        sealed = seal_now(at=scene.at)
        console.print(f"✓ Niêm phong nhật ký: {sealed.sealed} sự kiện, mốc {sealed.head[:24]}…")
        scene.figures["audit_ok"] = sealed.ok
        broken = [each for each in check_all() if each.broken]
        told = ", ".join(each.name for each in broken) or "đều đúng"
        console.print(f"✓ Điều phải luôn đúng: {told}")
        scene.figures["invariants_failed"] = len(broken)
    scene.figures = size | scene.figures | {"seconds": round(time.monotonic() - started, 2)}
    if as_json:
        click.echo(json.dumps(scene.figures, ensure_ascii=False))
    elif sealed is not None:
        _print_way_in(console, scene, port)
    if sealed is not None and not (sealed.ok and scene.figures["invariants_failed"] == 0):
        raise click.exceptions.Exit(1)
    if serve and sealed is not None:
        serve_command.main(["--port", str(port)], standalone_mode=False)


class OtherProvince(Refusal):
    """This data folder holds another invented province; fields: seed, communes, people."""

    code = "DEMO_OTHER_PROVINCE"


def _size(seed: int | None, communes: int | None, people: int | None, *, kept: bool) -> dict[str, int]:
    """The seed and the size. A data folder holds one invented province: run again without options it
    is taken up where it was, and another one is refused."""
    place = folder("demo") / "province.json"
    known = read_json(place) if kept else None
    if known is not None:
        held = {key: int(str(known[key])) for key in ("seed", "communes", "people")}
        asked = {"seed": seed, "communes": communes, "people": people}
        if any(value not in {None, held[key]} for key, value in asked.items()):
            raise OtherProvince(**held)
        return held
    many = min(communes or DEFAULT_COMMUNES, len(all_communes()))
    size = {
        "seed": 1 if seed is None else seed,
        "communes": many,
        "people": people or many * PEOPLE_A_COMMUNE,
    }
    if kept:
        write_private(place, json.dumps(size))
    return size


def _done(step: Step, scene: Scene, console: Console) -> str:
    """Do a step under a progress bar that goes when it is done; returns its figure."""
    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
        console=console, transient=True, disable=not console.is_terminal,
    )  # fmt: skip
    with bar:
        task = bar.add_task(step.label, total=None)
        scene.advance = lambda done, total: bar.update(task, completed=done, total=total)
        return step.act(scene)


def _print_way_in(console: Console, scene: Scene, port: int) -> None:
    console.print(f"\nĐăng nhập (mật khẩu {PASSWORD}; bước hai: ./ansinh staff code TÊN):")
    for each in scene.cast:
        console.print(f"  {each.username:<16} {label(each.role):<30} {each.unit}")
    console.print("\nTrang:")
    for path, name in PAGES:
        console.print(f"  http://127.0.0.1:{port}/{path}   {name}", soft_wrap=True)
    console.print("\nDừng: Ctrl-C, rồi ./ansinh stop")
