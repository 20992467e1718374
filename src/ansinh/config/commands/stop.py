# SPDX-License-Identifier: MPL-2.0
"""`ansinh stop`."""

from __future__ import annotations

import click

from ansinh.config import database, embedded
from ansinh.ui.console import emit


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def stop(*, as_json: bool) -> None:
    """Stop the embedded database of this ANSINH_HOME.

    Ends only the server that An Sinh itself started for this data folder; a server that
    DATABASE_URL points at is never touched.
    """
    stopped = embedded.stop() if database.is_embedded() else False
    emit(
        {"stopped": stopped},
        "Đã dừng cơ sở dữ liệu. / Database stopped."
        if stopped
        else "Không có cơ sở dữ liệu nào của thư mục này đang chạy. / Nothing was running.",
        as_json=as_json,
    )
