# SPDX-License-Identifier: MPL-2.0
"""Writing a template: the same items give the same bytes, row by row, without holding them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from typing import BinaryIO

import xlsxwriter

from ansinh.disbursement.channels.bank_file.templates import TEMPLATES, Column, Template
from ansinh.disbursement.items import Head, Item, Layout, TextTooLong
from ansinh.rules.names import fold_name

CREATED = datetime(2024, 1, 1)  # noqa: DTZ001 - a constant in the file, not a clock
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _value(column: Column, item: Item, head: Head) -> str | int:
    values: dict[str, str | int] = {
        "place": item.place, "holder": item.holder, "account": item.account, "bank_code": item.bank_code,
        "bank_bin": item.bank_bin, "bank_name": item.bank_name, "amount": item.amount_vnd,
        "text": item.text(head.period), "reference": item.end_to_end_id,
    }  # fmt: skip
    value = values[column.shows]
    if isinstance(value, int):
        return value
    if column.plain:
        value = fold_name(value).upper() if column.shows != "text" else value
    if len(value) > column.most:
        raise TextTooLong(column=column.heading, place=item.place, most=column.most)
    # A spreadsheet takes such a cell for a formula.
    return f"'{value}" if value.startswith(FORMULA) else value


def _rows(template: Template, head: Head, items: Iterable[Item]) -> Iterator[list[str | int]]:
    yield [column.heading for column in template.columns]
    for item in items:
        yield [_value(column, item, head) for column in template.columns]
    if template.totals:
        total: dict[str, str | int] = {
            "amount": head.sum_vnd,
            template.columns[0].shows: f"TOTAL {head.count}",
        }
        yield [total.get(column.shows, "") for column in template.columns]


def write_xlsx(template: Template, head: Head, items: Iterable[Item], out: BinaryIO) -> None:
    """A workbook with one sheet; everything but amounts and counters is a text cell."""
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_numbers": False})
    book.set_properties({"created": CREATED, "title": head.reference})
    text = book.add_format({"num_format": "@"})
    number = book.add_format({"num_format": "0"})
    sheet = book.add_worksheet("DS")
    for row, values in enumerate(_rows(template, head, items)):
        for place, value in enumerate(values):
            if isinstance(value, int):
                sheet.write_number(row, place, value, number)
            else:
                sheet.write_string(row, place, value, text)
    book.close()


def write_csv(template: Template, head: Head, items: Iterable[Item], out: BinaryIO) -> None:
    """UTF-8 text with a delimiter, every text cell in quotes."""
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=False)
    writer = csv.writer(
        text, delimiter=template.delimiter, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n"
    )
    writer.writerows(_rows(template, head, items))
    text.flush()
    text.detach()


LAYOUTS = tuple(
    Layout(
        code=each.code,
        label=each.label,
        channels=frozenset({"account", "wallet", "mobile_money"}),
        suffix=each.suffix,
        most_rows=each.most_rows,
        write=partial(write_xlsx if each.suffix == "xlsx" else write_csv, each),
    )
    for each in TEMPLATES
)
