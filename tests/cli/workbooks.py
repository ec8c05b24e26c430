"""Workbooks as offices fill them in: cells by heading and id, written back to the file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl


class Workbook:
    """A file of `sozplan table`, changed like in a spreadsheet program."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book: Any = openpyxl.load_workbook(path)

    def cell(self, sheet: str, id: str | int, heading: str) -> Any:
        """By the id, or by the number of the row."""
        page = self.book[sheet]
        heads = [str(cell.value).removesuffix(" *") for cell in page[1]]
        ids = [cell.value for cell in page["A"]]
        row = id if isinstance(id, int) else ids.index(id) + 1
        return page.cell(row, heads.index(heading) + 1)

    def put(self, sheet: str, id: str | int, heading: str, value: object) -> Any:
        cell = self.cell(sheet, id, heading)
        cell.value = value
        return cell

    def free(self, sheet: str) -> int:
        """The number of the first line for new entries."""
        row: int = next(cell.row for cell in self.book[sheet]["A"] if cell.value is None)
        return row

    def save(self, path: Path | None = None) -> str:
        self.book.save(path or self.path)
        return str(path or self.path)
