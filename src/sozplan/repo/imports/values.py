"""What a value cell says: a number, or a sign that stands for one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sozplan.diagnostics import Text, text
from sozplan.model.figures import Quality
from sozplan.model.profiles import ImportFormat, ImportProfile
from sozplan.repo.imports.rows import Cell, without_footnote

_DASHES = frozenset("-–—−‐‑")
_HIDDEN = frozenset((".", "*", "/", "...", "x"))
"""Signs that stand instead of a number."""

_SIGNS: Mapping[str, str] = {
    **dict.fromkeys(_DASHES, "-"), ".": ".", "•": ".", "·": ".", "...": "...", "…": "...", "/": "/", "x": "x", "X": "x",
    "*": "*", "()": "()", "( )": "()",
}  # fmt: skip
_QUALITIES = {"p": Quality.PROVISIONAL, "r": Quality.REVISED, "s": Quality.ESTIMATED, "e": Quality.FINAL}
_MARKED = re.compile(r"(.*[0-9)])\s?([prse])")
_SPACES = "    "
_NAMES = {",": text(de="Komma", en="comma"), ".": text(de="Punkt", en="point")}


@dataclass(frozen=True, slots=True)
class Value:
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
        quality = self._quality(mark)
        if cell.broken or cell.day is not None:
            raise NotAValue(_DAY if cell.day is not None else _BROKEN)
        if cell.number is not None:
            return Value(cell.number, "", quality)
        plain = without_footnote(cell.plain)
        sign = self._own.get(plain, _SIGNS.get(plain))
        if not plain and mark and quality is None:
            sign = self._own.get(mark, _SIGNS.get(mark))
        if sign is not None:
            return Value(Decimal(0) if sign in ("-", "0") else None, sign, _QUALITIES.get(sign, quality))
        return self._numbered(plain, quality) if plain else None

    def _quality(self, mark: str) -> Quality | None:
        if not mark or mark in _SIGNS or mark in self._own or mark == "0":
            return None
        if mark in _QUALITIES:
            return _QUALITIES[mark]
        raise NotAValue(
            text(
                de=f"Das Qualitätskennzeichen „{mark[:10]}“ ist unbekannt. Erklären Sie es im Profil unter „signs“.",
                en=f"The quality sign “{mark[:10]}” is unknown. Explain it in the profile at “signs”.",
            )
        )

    def _numbered(self, plain: str, quality: Quality | None) -> Value:
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
        form = re.sub("[0-9]", "9", plain)[:30]
        other = "." if self._decimal == "," else ","
        declared, found = _NAMES[self._decimal], _NAMES[other]
        if re.fullmatch(
            rf"-?[0-9]{{1,3}}(?:{re.escape(other)}[0-9]{{3}})+(?:{re.escape(self._decimal)}[0-9]+)?", plain
        ):
            return text(
                de=f"„{form}“: Ist das ein Tausenderzeichen? Dann nennen Sie es im Profil (thousands); das "
                f"Dezimalzeichen ist als {declared.de} angegeben.",
                en=f"“{form}”: is that a thousands sign? Then name it in the profile (thousands); the decimal sign is "
                f"declared to be a {declared.en}.",
            )
        if re.fullmatch(rf"-?[0-9]+{re.escape(other)}[0-9]+", plain):
            return text(
                de=f"„{form}“ hat einen {found.de} als Dezimalzeichen, angegeben ist {declared.de} (decimal)."
                if other == "."
                else f"„{form}“ hat ein {found.de} als Dezimalzeichen, angegeben ist {declared.de} (decimal).",
                en=f"“{form}” has a {found.en} as decimal sign, declared is the {declared.en} (decimal).",
            )
        if re.fullmatch(r"-?[0-9]{1,3}(?:[ '][0-9]{3})+(?:[.,][0-9]+)?", plain):
            return text(
                de=f"„{form}“ ist mit einem Tausenderzeichen geschrieben; nennen Sie es im Profil (thousands).",
                en=f"“{form}” is written with a thousands sign; name it in the profile (thousands).",
            )
        return text(
            de=f"„{form}“ ist weder Zahl noch bekanntes Zeichen. Ein eigenes Zeichen der Quelle erklärt das Profil unter "
            "„signs“.",
            en=f"“{form}” is neither a number nor a known sign. A sign of the supplier's own is explained in the profile "
            "at “signs”.",
        )


_DAY = text(
    de="Hier steht ein Datum, wo eine Zahl stehen müsste; das Tabellenprogramm hat sie umgewandelt.",
    en="There is a date where a number should be; the spreadsheet program converted it.",
)
_BROKEN = text(
    de="Hier steht ein Formelfehler oder Wahrheitswert statt einer Zahl.",
    en="There is a formula's error or a truth value instead of a number.",
)
