"""How a number got from former borders to the present ones, in the reader's words."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from sozplan.analysis.verdict import TargetStatus
from sozplan.diagnostics import Text, text
from sozplan.model.plan import Plan
from sozplan.model.territory import Succession
from sozplan.render import numbers
from sozplan.render.steps import Step
from sozplan.render.views.names import Names

_TITLE = text(de="Umrechnung auf heutige Gebietsgrenzen", en="Conversion to present borders")
_HOW = text(
    de="Zähler und Nenner mal Anteil, zusammengezählt, dann geteilt; Quoten werden nie mit einem Anteil umgelegt",
    en="Numerators and denominators times share, added up, then divided; rates are never multiplied by a share",
)


def remarks(plan: Plan, status: TargetStatus) -> Iterator[Text]:
    """Each boundary change between the numbers, with its day and what its shares rest on."""
    names = Names(plan)
    for change in status.conversion:
        yield _sentence(change, names)


def steps(plan: Plan, status: TargetStatus) -> Iterator[Step]:
    if status.conversion:
        places = tuple(change.at("share").location for change in status.conversion)
        yield Step(_TITLE, (*remarks(plan, status), _HOW), places)


def _sentence(change: Succession, names: Names) -> Text:
    old, new, share = names.full(change.old), names.full(change.new), change.share * 100
    basis = Text("", "")
    if change.basis:
        basis = text(de=f"; Grundlage: {change.basis}", en=f"; basis: {change.basis}")
    places = max(0, -int(share.normalize().as_tuple().exponent)) if share else 0
    de, en = numbers.percent(share, "de", places=places), numbers.percent(share, "en", places=places)
    whole = share == Decimal(100)
    return text(
        de=f"Gebietsänderung am {numbers.day(change.date, 'de')}: „{old}“ {'ganz' if whole else f'zu {de}'} an „{new}“"
        f"{basis.de}",
        en=f"Boundary change on {numbers.day(change.date, 'en')}: {'all' if whole else en} of “{old}” to “{new}”"
        f"{basis.en}",
    )
