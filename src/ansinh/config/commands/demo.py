# SPDX-License-Identifier: MPL-2.0
"""`ansinh demo`."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime

import click
from rich.console import Console

from ansinh.config.commands.serve import serve as serve_command
from ansinh.config.sealing import seal_now
from ansinh.demo.officers import PASSWORD
from ansinh.demo.steps import PLAYS_ON, STEPS, Scene
from ansinh.staff.duties import label

PAGES = (
    ("", "Việc hôm nay"),
    ("phap-luat/", "Pháp luật theo ngày"),
    ("phap-luat/tinh-muc-huong/?month=08/2024&code=K6_N&born=1962", "Vì sao được mức này?"),
    ("don-vi/?ngay=01/03/2024", "Đơn vị hành chính vào 01/03/2024"),
    ("don-vi/2024:p49/", "Quảng Nam của năm 2024"),
    ("can-bo/", "Cán bộ và vai trò"),
    ("can-bo/nhiem-vu/", "Ai được làm gì"),
    ("phe-duyet/", "Phê duyệt"),
    ("nhat-ky/", "Nhật ký kiểm tra"),
)


@click.command()
@click.option("--serve/--no-serve", default=True, help="Serve the pages afterwards (default).")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON and nothing else.")
def demo(*, serve: bool, port: int, as_json: bool) -> None:
    """Set up the invented province, as far as the house is built, and open its pages.

    Loads the law, the country's units and one officer a role, then serves the pages on this
    machine and prints where to look. Run it again at any time: what is there is kept.
    """
    started = time.monotonic()
    scene = Scene(on=PLAYS_ON, at=datetime.now(UTC))
    console = Console(stderr=True, quiet=as_json, highlight=False)
    for step in STEPS:
        with console.status(step.label):
            figure = step.act(scene)
        console.print(f"✓ {step.label}: {figure}")
    sealed = seal_now(at=scene.at)
    console.print(f"✓ Niêm phong nhật ký: {sealed.sealed} sự kiện, mốc {sealed.head[:24]}…")
    scene.figures |= {"audit_ok": sealed.ok, "seconds": round(time.monotonic() - started, 2)}
    if as_json:
        click.echo(json.dumps(scene.figures, ensure_ascii=False))
    else:
        _print_way_in(console, scene, port)
    if not sealed.ok:
        raise click.exceptions.Exit(1)
    if serve:
        serve_command.main(["--port", str(port)], standalone_mode=False)


def _print_way_in(console: Console, scene: Scene, port: int) -> None:
    console.print(f"\nĐăng nhập (mật khẩu {PASSWORD}; bước hai: ./ansinh staff code TÊN):")
    for each in scene.cast:
        console.print(f"  {each.username:<16} {label(each.role):<30} {each.unit}")
    console.print("\nTrang:")
    for path, name in PAGES:
        console.print(f"  http://127.0.0.1:{port}/{path}   {name}", soft_wrap=True)
    console.print("\nDừng: Ctrl-C, rồi ./ansinh stop")
