"""What a value cell says: a number, or a sign that stands for one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from sozplan.diagnostics import Text, text
from sozplan.model.figures import Quality
from sozplan.model.profiles import ImportFormat, ImportProfile
from sozplan.repo.imports.rows import Cell, without_footnote

_DASHES = frozenset("-–—−‐‑")
_HIDDEN = frozenset((".", "*", "/", "...", "x"))
"""Signs that stand instead of a number."""

_INSTEAD = _HIDDEN | {"-", "0"}
"""With those that are a number themselves."""

_SIGNS: Mapping[str, str] = {
    **dict.fromkeys(_DASHES, "-"), ".": ".", "•": ".", "·": ".", "...": "...", "…": "...", "/": "/", "x": "x", "X": "x",
    "*": "*",
}  # fmt: skip
_QUALITIES = {"p": Quality.PROVISIONAL, "r": Quality.REVISED, "s": Quality.ESTIMATED, "e": Quality.FINAL}
_MARKED = re.compile(r"(.*[0-9)])\s?([prse])")
SIGN_NAMES = {",": text(de="das Komma", en="the comma"), ".": text(de="der Punkt", en="the point")}


class Value(NamedTuple):
    """`number` is missing where `sign` stands instead of one; `quality` only where the file says it."""

    number: Decimal | None
    sign: str = ""
    quality: Quality | None = None

    @property
    def is_hidden(self) -> bool:
        return self.number is None and self.sign in _HIDDEN


class NotAValue(Exception):
    """`text` says what was found, never the number itself."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.text = message


class Values:
    """Reads the cells of one supplier."""

    def __init__(self, profile: ImportProfile) -> None:
        self._own = dict(profile.signs or {})
        self._decimal, self._thousands = profile.decimal, profile.thousands
        self._zero_is_little = profile.format in (ImportFormat.GENESIS_TABLE, ImportFormat.GENESIS_FLAT)
        self._plain = re.compile(rf"-?[0-9]+(?:{re.escape(profile.decimal)}[0-9]+)?")
        self._grouped = self._grouping(profile.thousands)

    def _grouping(self, thousands: str | None) -> re.Pattern[str] | None:
        if thousands is None:
            return None
        return re.compile(rf"-?[0-9]{{1,3}}(?:{re.escape(thousands)}[0-9]{{3}})+(?:{re.escape(self._decimal)}[0-9]+)?")

    def read(self, cell: Cell, mark: str = "") -> Value | None:
        """None where the cell is empty; raises NotAValue. `mark` is the sign in a column of its own."""
        beside, quality = self._mark(mark)
        found = self._said(cell)
        if found is None:
            return _signed(beside, quality) if beside in _INSTEAD else None
        if beside in _HIDDEN:
            return Value(None, beside, quality)
        return Value(found.number, found.sign or beside, found.quality or quality)

    def _said(self, cell: Cell) -> Value | None:
        if cell.broken or cell.day is not None:
            raise NotAValue(_DAY if cell.day is not None else _BROKEN)
        if cell.number is not None:
            return Value(cell.number)
        plain = without_footnote(cell.plain)
        if plain.isdigit() and plain.isascii() and plain[0] != "0" and plain not in self._own:
            return Value(Decimal(plain))  # most are
        sign = self._own.get(plain, _SIGNS.get(plain))
        if sign in _INSTEAD:
            return _signed(sign)
        return self._numbered(plain) if plain else None

    def _mark(self, mark: str) -> tuple[str, Quality | None]:
        """What the sign in a column of its own says: of the value, or of its quality."""
        sign = self._own.get(mark, _SIGNS.get(mark, mark))
        if sign in _QUALITIES:
            return "", _QUALITIES[sign]
        if sign in ("", "()") or sign in _INSTEAD:
            return sign, None
        raise NotAValue(
            text(
                de=f"Das Qualitätskennzeichen „{mark[:10]}“ ist unbekannt. Erklären Sie es im Profil unter „signs“.",
                en=f"The quality sign “{mark[:10]}” is unknown. Explain it in the profile at “signs”.",
            )
        )

    def _numbered(self, plain: str) -> Value:
        quality = None
        if (marked := _MARKED.fullmatch(plain)) is not None:
            plain, quality = marked[1].rstrip(), _QUALITIES[marked[2]]
        sign = ""
        if plain.startswith("(") and plain.endswith(")"):
            plain, sign = plain[1:-1].strip(), "()"
        number = self._number(plain)
        if number == 0 and plain == "0" and self._zero_is_little:
            sign = sign or "0"
        return Value(number, sign, quality)

    def _number(self, plain: str) -> Decimal:
        plain = plain.removesuffix("%").rstrip()
        if plain[:1] in _DASHES:
            plain = "-" + plain[1:].lstrip()
        if self._plain.fullmatch(plain):
            return Decimal(plain.replace(self._decimal, "."))
        if self._grouped is not None and self._grouped.fullmatch(plain):
            return Decimal(plain.replace(self._thousands or "", "").replace(self._decimal, "."))
        raise NotAValue(self._why_not(plain))

    def _why_not(self, plain: str) -> Text:
        form = re.sub("[0-9]", "9", plain)[:30] or "()"
        other = "." if self._decimal == "," else ","
        fraction = f"(?:{re.escape(self._decimal)}[0-9]+)?"
        if re.fullmatch(rf"-?[0-9]{{1,3}}(?:{re.escape(other)}[0-9]{{3}})+{fraction}", plain):
            return _maybe_grouped(form, SIGN_NAMES[self._decimal])
        if re.fullmatch(rf"-?[0-9]+{re.escape(other)}[0-9]+", plain):
            return _other_decimal(form, SIGN_NAMES[other], SIGN_NAMES[self._decimal])
        if re.fullmatch(r"-?[0-9]{1,3}(?:[ '][0-9]{3})+(?:[.,][0-9]+)?", plain):
            return text(
                de=f"„{form}“ ist mit einem Tausenderzeichen geschrieben; nennen Sie es im Profil (thousands).",
                en=f"“{form}” is written with a thousands sign; name it in the profile (thousands).",
            )
        return text(
            de=f"„{form}“ ist weder Zahl noch bekanntes Zeichen. "
            "Ein eigenes Zeichen der Quelle erklärt das Profil unter „signs“.",
            en=f"“{form}” is neither a number nor a known sign. "
            "A sign of the supplier's own is explained in the profile at “signs”.",
        )


def _maybe_grouped(form: str, declared: Text) -> Text:
    return text(
        de=f"„{form}“: Ist das ein Tausenderzeichen? Dann nennen Sie es im Profil (thousands). Dezimalzeichen ist dort "
        f"{declared.de}.",
        en=f"“{form}”: is that a thousands sign? Then name it in the profile (thousands). "
        f"The decimal sign is {declared.en} there.",
    )


def _other_decimal(form: str, found: Text, declared: Text) -> Text:
    return text(
        de=f"„{form}“: Dezimalzeichen ist hier {found.de}, im Profil aber {declared.de} (decimal).",
        en=f"“{form}”: the decimal sign is {found.en} here, but {declared.en} in the profile (decimal).",
    )


def _signed(sign: str, quality: Quality | None = None) -> Value:
    return Value(Decimal(0) if sign in ("-", "0") else None, sign, quality)


_DAY = text(
    de="Hier steht ein Datum, wo eine Zahl stehen müsste; das Tabellenprogramm hat sie umgewandelt.",
    en="There is a date where a number should be; the spreadsheet program converted it.",
)
_BROKEN = text(
    de="Hier steht ein Formelfehler oder Wahrheitswert statt einer Zahl.",
    en="There is a formula's error or a truth value instead of a number.",
)
