"""Figures on paper that say where they come from: number, words and reference travel together.

A reference reads `id#path`: a field of the entity of that id (`b-2025-117#vote/ayes`), what is computed of it under
the name that `sozplan status --format json` uses (`hafen-g1-t1#attainment`), or what a view adds up
(`hafen-2026#money/2026/own`). An item of a list stands there by its place, or by what it is about, `/` in it as `~1`:
`hafen-m1#budget/2026/planned`. Of an earlier state of the planning the id comes with its commit and the day that it is
seen from: `hafen-m1@1a2b3c4d5e:2025-12-11#…`; what moved since then ends in `/since/` and that state.
A published figure is `indicator/territory/period#value`. What stands in no entity
with an id is named by its place (`plans/territory/bezirke.yaml:12:9`), the settings by `sozplan.yaml#path`.

In HTML each becomes `<data value="…" data-ref="…">`. To anything else they are the plain `Decimal` and `str` they are;
calculating with them or cutting them gives a plain one without reference, which a template refuses to print.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from string import Formatter

from markupsafe import Markup

from sozplan.analysis.verdict import rounded
from sozplan.model.entity import Entity, id_of
from sozplan.model.settings import Settings


class Quantity(Decimal):
    """A number with its reference."""

    ref: str

    def __new__(cls, value: Decimal | int, ref: str) -> Quantity:
        self = super().__new__(cls, value)
        self.ref = ref
        return self


class Worded(str):
    """A text of several pieces, some of them `Cited`."""

    pieces: tuple[str, ...]

    def __new__(cls, *pieces: str) -> Worded:
        self = super().__new__(cls, "".join(pieces))
        self.pieces = pieces
        return self

    def __html__(self) -> Markup:
        return Markup("").join(self.pieces)


class Cited(str):
    """A number in words, with the number and its reference."""

    value: Decimal | int
    ref: str

    def __new__(cls, words: str, value: Decimal | int, ref: str) -> Cited:
        self = super().__new__(cls, words)
        self.value, self.ref = value, ref
        return self

    def __html__(self) -> Markup:
        return Markup('<data value="{}" data-ref="{}">{}</data>').format(plain(self.value), self.ref, str(self))

    def trimmed(self, suffix: str) -> Cited:
        """Without its unit, which stands behind the next number."""
        return Cited(self.removesuffix(suffix).rstrip(), self.value, self.ref)


def cited(words: str, value: Decimal | int, ref: str | None) -> str:
    """The words alone where nobody asks where the number comes from."""
    return words if ref is None else Cited(words, value, ref)


def plain(value: Decimal | int) -> str:
    """As programs write it: nine significant digits, a point, no exponent, no zeros at the end."""
    exact = format(rounded(Decimal(value)), "f")
    return exact.rstrip("0").rstrip(".") if "." in exact else exact


def joined(between: str, pieces: Iterable[str]) -> Worded:
    """As `str.join`, but figures stay cited."""
    found = [part for piece in pieces for part in (between, piece)]
    return Worded(*found[1:])


def filled(template: str, *pieces: str) -> Worded:
    """The template with the pieces in place of its `{}`."""
    return Worded(*_interleaved(template, iter(pieces)))


def _interleaved(template: str, pieces: Iterator[str]) -> Iterator[str]:
    for literal, name, _, _ in Formatter().parse(template):
        yield literal
        if name is not None:
            yield next(pieces)


def field_of(entity: Entity, path: str) -> Quantity | None:
    """The number at the path below an entity, such as `vote/ayes` or `budget/0/planned`; None where there is none."""
    found: object = entity
    for part in path.split("/"):
        found = _below(found, part)
    if found is None:
        return None
    if isinstance(found, bool) or not isinstance(found, Decimal | int):
        raise TypeError(f"{path}: no number but {type(found).__name__}")
    return Quantity(found, place_of(entity, path))


def place_of(entity: Entity, path: str) -> str:
    """How the field at the path below an entity is cited."""
    if (id := id_of(entity)) is not None:
        return f"{id}#{path}"
    if isinstance(entity, Settings):
        return f"{entity.origin.file}#{path}"
    at = entity.origin.locate(*(int(part) if part.isdigit() else part for part in path.split("/")))
    return f"{at.file}:{at.line}:{at.column}"


def _below(found: object, part: str) -> object:
    if isinstance(found, tuple):
        return found[int(part)]
    if isinstance(found, dict):
        return found[part]
    return None if found is None else getattr(found, part)
