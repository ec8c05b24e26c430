"""CSV as the reader's spreadsheet opens it: semicolon and decimal comma in German, nothing taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from sozplan.diagnostics import Lang

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def written(head: Sequence[str], rows: Iterable[Sequence[object]], lang: Lang) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if lang == "de" else ",", lineterminator="\n")
    writer.writerow(head)
    writer.writerows([_cell(value, lang) for value in row] for row in rows)
    return out.getvalue()


def _cell(value: object, lang: Lang) -> str:
    """Numbers in nine significant digits, lists with blanks, texts that look like formulas behind an apostrophe."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case float():
            plain = f"{value:.9g}"
            return plain.replace(".", ",") if lang == "de" else plain
        case list() | tuple():
            shown = " ".join(map(str, value))
        case _:
            shown = str(value)
    is_number = isinstance(value, int)
    marked = f"'{shown}" if shown.startswith(_FORMULA) and not is_number else shown
    return marked.replace("\r\n", "\n").replace("\r", "\n")  # alone it isn't quoted, and would end the row
