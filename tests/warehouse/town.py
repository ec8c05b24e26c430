"""The example town with its observations in a database instead of in files."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
DATA = ROOT / "indicators/data"
TYPES = {"numerator": "integer", "denominator": "integer", "value": "numeric(14, 4)", "vintage": "date"}


def tables() -> Iterator[tuple[str, list[str], list[list[str | None]]]]:
    """Name, columns and rows of each table; numbers with a decimal point, empty fields as nothing."""
    for place in sorted(DATA.glob("*.csv")):
        with place.open(encoding="utf-8", newline="") as file:
            head, *rows = csv.reader(file, delimiter=";")
        yield place.stem, head, [list(map(_plain, head, row)) for row in rows]


def _plain(label: str, field: str) -> str | None:
    return (field.replace(",", ".") if label in TYPES else field) or None


def write(root: Path, url: str) -> None:
    """The planning of the town, whose data package names tables instead of files."""
    for folder in ("plans", "indicators", "templates", "handbook"):
        shutil.copytree(ROOT / folder, root / folder)
    package = root / "indicators/datapackage.yaml"
    content = package.read_text(encoding="utf-8").replace("format: csv", "format: warehouse")
    for place in (root / "indicators/data").glob("*.csv"):
        content = content.replace(f"path: data/{place.name}", f"path: sozial.{place.stem}")
        place.unlink()
    package.write_text(content, encoding="utf-8")
    settings = (ROOT / "sozplan.yaml").read_text(encoding="utf-8")
    (root / "sozplan.yaml").write_text(f"{settings}\nwarehouse: {{url: '{url}'}}\n", encoding="utf-8")
