# SPDX-License-Identifier: MPL-2.0
"""`ansinh messages`: the English catalogues, a package each; message ids are Vietnamese.

The tables of docs/reference that repeat what the code says (refusals, duties) are written here too.
"""

from __future__ import annotations

import io
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from ansinh.config import setup
from ansinh.rules.catalogue import CATALOGUE
from ansinh.staff.duties import matrix_markdown
from ansinh.ui.console import emit

PACKAGE = Path(__file__).resolve().parents[2]
REFERENCE = PACKAGE.parents[1] / "docs" / "reference"
KEYWORDS = {"_": None, "gettext": None, "gettext_lazy": None, "pgettext": ((1, "c"), 2), "ngettext": (1, 2)}


def found_in(package: Path) -> dict[str, list[tuple[str, int]]]:
    """message -> where it stands, for the templates and modules of one package."""
    messages: dict[str, list[tuple[str, int]]] = {}
    for path in sorted(
        [*package.rglob("*.html"), *package.rglob("templates/**/*.txt"), *package.rglob("*.py")]
    ):
        if "migrations" in path.parts or "locale" in path.parts or "vendor" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        source = templatize(text) if path.suffix in {".html", ".txt"} else text
        place = path.relative_to(PACKAGE.parent).as_posix()
        for line, message, _comments, _context in extract(
            "python", io.BytesIO(source.encode()), keywords=KEYWORDS
        ):
            if isinstance(message, str):
                messages.setdefault(message, []).append((place, line))
    return messages


def catalogue_path(package: Path) -> Path:
    """Where a package keeps its English."""
    return package / "locale" / "en" / "LC_MESSAGES" / "django.po"


def refresh(package: Path, *, write: bool) -> list[str]:
    """Bring one catalogue up to date; returns the messages that have no English."""
    wanted = found_in(package)
    path = catalogue_path(package)
    if not wanted and not path.exists():
        return []
    known: dict[str, str] = {}
    if path.exists():
        with path.open("rb") as file:
            known = {str(m.id): str(m.string) for m in read_po(file, locale="en") if m.id}
    missing = [message for message in wanted if not known.get(message)]
    missing += [f"(unused) {message}" for message in known if message not in wanted and not write]
    if write:
        catalogue = Catalog(locale="en", project="An Sinh", charset="utf-8", fuzzy=False)
        for message in sorted(wanted):
            places = [(place, 0) for place in sorted({place for place, _line in wanted[message]})]
            catalogue.add(message, known.get(message, ""), locations=places)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalogue, omit_header=False, include_lineno=False, sort_output=True, width=110)
        _drop_dates(path)
    return [f"{package.name}: {message}" for message in missing]


def _drop_dates(path: Path) -> None:
    """Dates and tool names in the header would change with every run."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    dated = ("Date:", "X-Generator", "Generated-By", "Last-Translator", "Language-Team", "Report-Msgid")
    kept = [line for line in lines if not (line.startswith('"') and any(word in line for word in dated))]
    body = [line for line in kept if not line.startswith(("# Copyright", "# FIRST", "# This file"))]
    path.write_text("".join(body), encoding="utf-8")


def refusals_table() -> str:
    """Every sentence of the catalogue as a Markdown table."""
    rows = [f"| `{code}` | {vi} | {en} |" for code, (vi, en) in CATALOGUE.items()]
    words = "\n".join(["| Code | Tiếng Việt | English |", "|---|---|---|", *rows])
    return words.replace("{", "‹").replace("}", "›")


def write_tables() -> None:
    """Bring the tables of the reference up to date, below the words that introduce them."""
    for name, table in (("refusals", refusals_table()), ("duties", matrix_markdown())):
        path = REFERENCE / f"{name}.md"
        before, _bar, _table = path.read_text(encoding="utf-8").partition("\n| ")
        path.write_text(f"{before}\n{table.rstrip()}\n", encoding="utf-8")


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; exit 1 when English is missing or unused.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def messages(*, check: bool, as_json: bool) -> None:
    """Collect the Vietnamese messages of pages and code into the English catalogues.

    Keeps every translation, lists what has none yet. Fill in the msgstr lines by hand.
    """
    setup.start_django()
    if not check:
        write_tables()
    missing = [
        line
        for package in sorted(PACKAGE.iterdir())
        if (package / "__init__.py").exists()
        for line in refresh(package, write=not check)
    ]
    emit(
        {"missing": missing},
        "\n".join(missing) or "Mọi câu đã có tiếng Anh. / All translated.",
        as_json=as_json,
    )
    if missing:
        raise click.exceptions.Exit(1)
