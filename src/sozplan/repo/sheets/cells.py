"""What somebody wrote into a cell, in the form in which values are compared."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches

from sozplan.diagnostics import Lang, Text, text
from sozplan.model.periods import period
from sozplan.model.sheets import Column, Form
from sozplan.repo import advice
from sozplan.repo.imports.rows import tidy
from sozplan.repo.imports.times import parse_period
from sozplan.repo.sheets.columns import BETWEEN
from sozplan.repo.sheets.held import plain_number, tidy_text
from sozplan.repo.sheets.returned import Given
from sozplan.repo.shown import code_point, shown


class NotAValue(Exception):
    """`text` says what is wrong and what to write instead."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.text = message


def read(given: Given, column: Column, lang: Lang, before: str = "") -> str:
    """The value of a cell, empty where it is; raises NotAValue. What stood there `before` is always taken."""
    if given.is_empty:
        return ""
    if given.is_formula:
        raise NotAValue(_FORMULA)
    if given.cell.broken and not (column.form is Form.CHOICE and "true" in column.choices):
        raise NotAValue(_BROKEN)
    return _READERS[column.form](_Cell(given, column, lang, before))


@dataclass(frozen=True, slots=True)
class _Cell:
    given: Given
    column: Column
    lang: Lang
    before: str

    @property
    def plain(self) -> str:
        return self.given.cell.plain

    @property
    def shown(self) -> str:
        return shown(self.plain)

    @property
    def known(self) -> set[str]:
        """The ids that may stand in it."""
        return {*self.column.choices, *filter(None, self.before.split("\n"))}


def _text(cell: _Cell) -> str:
    if cell.given.cell.day is not None:
        raise NotAValue(_A_DAY)
    written = tidy_text(cell.given.cell.text)
    if written != cell.before and (found := _CONTROL.search(written)):
        sign = code_point(found[0])
        raise NotAValue(
            text(
                de=f"Der Text enthält ein unsichtbares Steuerzeichen ({sign}). Löschen Sie es, oder schreiben Sie den "
                "Text neu.",
                en=f"The text holds an invisible control character ({sign}). Delete it, or write the text anew.",
            )
        )
    return written


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
"""What no planning file can hold; tab and line end are no part of it."""


def _code(cell: _Cell) -> str:
    if cell.given.cell.day is not None:
        raise NotAValue(_A_DAY)
    return cell.plain


def _period(cell: _Cell) -> str:
    found = period(cell.given.cell.day.isoformat()) if cell.given.cell.day else parse_period(cell.plain)
    if found is None:
        raise NotAValue(
            text(
                de=f"„{cell.shown}“ ist kein Zeitraum. Schreiben Sie z. B. 2028, 2028-06, 2028-Q2 oder 2028/29.",
                en=f"“{cell.shown}” is no period. Write 2028, 2028-06, 2028-Q2 or 2028/29, say.",
            )
        )
    return found.text


def _day(cell: _Cell) -> str:
    found = cell.given.cell.day
    written = found.isoformat() if found else _written_day(cell.plain)
    try:
        if written is not None and written[0] in "12":  # years 1000 to 2999, as in the planning itself
            return date.fromisoformat(written).isoformat()
    except ValueError:
        pass
    raise NotAValue(
        text(
            de=f"„{cell.shown}“ ist kein Tag. Schreiben Sie z. B. 31.12.2026.",
            en=f"“{cell.shown}” is no day. Write 2026-12-31, say.",
        )
    )


_SHORT_YEAR = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{2}|\d{4})")


def _written_day(plain: str) -> str | None:
    """31.12.2026 and 2026-12-31; a year of two digits is one of this century."""
    if (found := _SHORT_YEAR.fullmatch(plain)) is not None:
        year = found[3] if len(found[3]) == 4 else f"20{found[3]}"
        return f"{year}-{int(found[2]):02d}-{int(found[1]):02d}"
    return plain if re.fullmatch(r"\d{4}-\d{2}-\d{2}", plain) else None


def _number(cell: _Cell) -> str:
    return plain_number(_amount(cell))


def _whole(cell: _Cell) -> str:
    found = _amount(cell)
    if found != found.to_integral_value():
        raise NotAValue(text(de=f"„{cell.shown}“ ist keine ganze Zahl.", en=f"“{cell.shown}” is no whole number."))
    return plain_number(found)


def _money(cell: _Cell) -> str:
    found = _amount(cell)
    if "%" in cell.plain or found != found.quantize(Decimal("0.01")):
        raise NotAValue(
            text(
                de=f"„{cell.shown}“ ist kein Betrag in Euro mit höchstens zwei Stellen für die Cent.",
                en=f"“{cell.shown}” is no sum in euro with at most two places for the cents.",
            )
        )
    return plain_number(found)


_SIGNS = {"de": (",", "."), "en": (".", ",")}
_MOST = Decimal(10) ** 15


def _amount(cell: _Cell) -> Decimal:
    """A number as the spreadsheet holds it, else as people write it in the language of the sheet."""
    if cell.given.cell.day is not None:
        raise NotAValue(_NO_DAY)
    found = cell.given.cell.number
    if found is None:
        found = _written_amount(cell)
    if abs(found) >= _MOST:
        raise NotAValue(text(de=f"„{cell.shown}“ ist zu groß.", en=f"“{cell.shown}” is too large."))
    return found


def _written_amount(cell: _Cell) -> Decimal:
    decimal, thousands = map(re.escape, _SIGNS[cell.lang])
    plain = cell.plain.replace("\N{MINUS SIGN}", "-").replace(" ", "").replace("'", "")
    bare = re.sub(r"(€|EUR|Euro|%)$", "", plain)
    if re.fullmatch(rf"-?[0-9]{{1,3}}{thousands}[0-9]{{3}}", bare) and bare == plain:
        raise NotAValue(_ambiguous(cell))
    if re.fullmatch(rf"-?[0-9]{{1,3}}({thousands}[0-9]{{3}})+({decimal}[0-9]+)?", bare):
        bare = bare.replace(_SIGNS[cell.lang][1], "")
    if re.fullmatch(r"-?[0-9]{1,30}([.,][0-9]{1,30})?", bare):
        return Decimal(bare.replace(",", "."))
    raise NotAValue(
        text(
            de=f"„{cell.shown}“ ist keine Zahl. Schreiben Sie z. B. 40 oder 1234,50.",
            en=f"“{cell.shown}” is no number. Write 40 or 1234.50, say.",
        )
    )


def _ambiguous(cell: _Cell) -> Text:
    whole, parts = re.sub("[.,]", "", cell.plain), re.split("[.,]", cell.plain)
    return text(
        de=f"„{cell.shown}“ kann {whole} oder {parts[0]},{parts[-1]} heißen. Schreiben Sie die Zahl ohne Punkt.",
        en=f"“{cell.shown}” may be {whole} or {parts[0]}.{parts[-1]}. Write the number without a comma.",
    )


def _choice(cell: _Cell) -> str:
    """The word that the list offers, its value, or what the word begins with."""
    said = cell.plain.casefold()
    words = {each.casefold(): value for value, label in cell.column.choices.items() for each in (value, label)}
    if "true" in cell.column.choices:
        words |= {"true": "true", "wahr": "true", "x": "true", "false": "false", "falsch": "false"}
    if said in words:
        return words[said]
    listed = ", ".join(cell.column.choices.values())
    raise NotAValue(
        text(
            de=f"„{cell.shown}“ gibt es hier nicht. Möglich sind: {listed}.",
            en=f"There is no “{cell.shown}” here. Possible are: {listed}.",
        )
    )


def _reference(cell: _Cell) -> str:
    return _id(cell, cell.plain)


def _references(cell: _Cell) -> str:
    """A line each; on one line also with semicolons, and with commas between ids alone."""
    lines = [tidy(each) for each in cell.given.cell.text.replace("\r", "\n").split("\n")]
    return "\n".join(dict.fromkeys(id for line in lines for part in _parts(cell, line) for id in _ids(cell, part)))


def _parts(cell: _Cell, line: str) -> list[str]:
    """Apart at semicolons, but not at those that are part of a name."""
    found: list[str] = []
    for part in line.split(";"):
        if found and BETWEEN.strip() in found[-1] and _first(part) not in cell.known:
            found[-1] += f";{part}"
        elif part.strip():
            found.append(part.strip())
    return found


def _ids(cell: _Cell, said: str) -> list[str]:
    parts = [part.strip() for part in said.split(",")]
    return parts if len(parts) > 1 and all(part in cell.known for part in parts) else [_id(cell, said)]


def _first(said: str) -> str:
    """The id that stands before a name."""
    return (said.split() or [""])[0]


def _id(cell: _Cell, said: str) -> str:
    """By the id in front, or by the name if only one thing is called so."""
    choices, first = cell.column.choices, _first(said)
    for each in (said, first, first.casefold()):
        if each in cell.known:
            return each
    called = [id for id, label in choices.items() if said.casefold() in _names(label)]
    if len(called) == 1:
        return called[0]
    near = get_close_matches(first.casefold(), choices, 1, 0.75)
    hint = advice.did_you_mean(near[0]) if near else _LOOK
    raise NotAValue(
        text(
            de=f"„{shown(said)}“ ist keine Kennung, die hier stehen kann. {hint.de}",
            en=f"“{shown(said)}” is no id that can stand here. {hint.en}",
        )
    )


def _names(label: str) -> tuple[str, str]:
    return label.casefold(), label.partition(BETWEEN)[2].casefold()


_READERS: Mapping[Form, Callable[[_Cell], str]] = {
    Form.TEXT: _text,
    Form.CODE: _code,
    Form.PERIOD: _period,
    Form.DAY: _day,
    Form.NUMBER: _number,
    Form.WHOLE: _whole,
    Form.MONEY: _money,
    Form.CHOICE: _choice,
    Form.REFERENCE: _reference,
    Form.REFERENCES: _references,
}

_FORMULA = text(
    de="Hier steht eine Formel. Formeln werden nicht übernommen; schreiben Sie ihr Ergebnis in die Zelle "
    "(kopieren, dann „Inhalte einfügen: Werte“).",
    en="There is a formula here. Formulas are not taken over; write its result into the cell (copy, then “Paste "
    "special: values”).",
)
_BROKEN = text(
    de="Hier steht ein Fehlerwert, ein Wahrheitswert oder eine Uhrzeit. Schreiben Sie den gemeinten Wert hinein.",
    en="There is an error, a truth value or a time of day here. Write the value that is meant.",
)
_A_DAY = text(
    de="Das Tabellenprogramm hat aus der Eingabe einen Tag gemacht. Formatieren Sie die Zelle als Text, und schreiben "
    "Sie sie noch einmal.",
    en="The spreadsheet made a day of what was typed. Format the cell as text, and write it again.",
)
_NO_DAY = text(
    de="Hier steht ein Tag, gemeint ist eine Zahl. Formatieren Sie die Zelle als Zahl, und schreiben Sie "
    "sie noch einmal.",
    en="There is a day here where a number is meant. Format the cell as a number, and write it again.",
)
_LOOK = text(
    de="Alle möglichen stehen auf dem Blatt „Auswahl“.", en="All that are possible are on the sheet “Choices”."
)
