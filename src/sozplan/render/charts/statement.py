"""What a map shows, and what it says in words: finding, table, and what has no place on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sozplan.diagnostics import Lang, Text, text
from sozplan.model.geometry import Atlas
from sozplan.render.charts.classes import Area, Outline, Scale, class_name, counted, rated
from sozplan.render.charts.plane import Plane
from sozplan.render.charts.wording import AREAS, capital, count, quoted, whereabouts
from sozplan.render.colours import Design
from sozplan.render.numbers import number

HEIGHT = 300.0
NOT_RATED = text(de="nicht bewertet oder geheim gehalten", en="not rated or withheld")


@dataclass(frozen=True, slots=True)
class Map:
    """All that a map is made of; `areas` in any order."""

    atlas: Atlas
    areas: tuple[Area, ...]
    status: Scale
    dynamics: Scale | None = None
    outlines: tuple[Outline, ...] = ()
    design: Design = field(default_factory=Design)
    units: Text = AREAS
    """What the areas are called, in the plural."""
    height: float = HEIGHT
    """At most, in points, with the legend."""


def finding(of: Map, drawn: Plane, lang: Lang) -> tuple[str, str]:
    """The sentence above the map, and the one instead of it."""
    worst = len(of.status.classes) - 1
    found = [area for area in of.areas if area.place == worst]
    total, units = rated(of.areas), of.units.say(lang)
    middles = {unit: (float(s.centroid.x), float(s.centroid.y)) for unit, s in drawn.shapes.items()}
    spots = [middles[area.unit] for area in found if area.unit in middles]
    where = whereabouts(spots, list(middles.values()), unplaced=len(found) - len(spots), lang=lang)
    name = quoted(f"{of.status.name} {of.status.classes[worst]}", lang)
    title = _sentence(len(found), total, units, name, lang) + where + _worsening(of, found, lang) + "."
    numbers = zip(of.status.classes, counted((area.place for area in of.areas), of.status), strict=True)
    listed = ", ".join(f"{words} {number(much, lang)}" for words, much in numbers)
    blank = sum(area.place is None for area in of.areas)
    rest = f"; {NOT_RATED.say(lang)} {number(blank, lang)}" if blank else ""
    return title, f"{title} {of.status.name}: {listed}{rest}."


def _sentence(found: int, total: int, units: str, name: str, lang: Lang) -> str:
    """Class and scale stand in quotation marks together, so that no article is needed."""
    if not found:
        words = text(
            de="{name} kommt nicht vor; {total} {units} bewertet", en="{name} doesn't occur; {total} {units} rated"
        )
    elif found == 1:
        words = text(
            de="{found} der {total} bewerteten {units} hat {name}", en="{found} of {total} rated {units} has {name}"
        )
    else:
        words = text(
            de="{found} der {total} bewerteten {units} haben {name}", en="{found} of {total} rated {units} have {name}"
        )
    shown = count(found, lang) if found else ""
    return capital(words.say(lang).format(found=shown, total=number(total, lang), units=units, name=name))


def _worsening(of: Map, found: Sequence[Area], lang: Lang) -> str:
    if of.dynamics is None:
        return ""
    worst = len(of.dynamics.classes) - 1
    much = sum(area.move == worst for area in found)
    if not much:
        return ""
    name = quoted(f"{of.dynamics.name} {of.dynamics.classes[worst]}", lang)
    return text(de="; davon {} mit {}", en="; {} of them with {}").say(lang).format(count(much, lang), name)


def table(of: Map, lang: Lang) -> tuple[tuple[str, ...], tuple[tuple[str | None, ...], ...]]:
    heads = [text(de="Schlüssel", en="Key").say(lang), text(de="Gebiet", en="Area").say(lang), of.status.name]
    heads += [of.dynamics.name] if of.dynamics else []
    heads.append(text(de="Anmerkung", en="Remark").say(lang))
    rows = []
    for area in of.areas:
        moved = (class_name(of.dynamics, area.move),) if of.dynamics else ()
        rows.append((area.key, area.name, class_name(of.status, area.place), *moved, area.reason))
    return tuple(heads), tuple(rows)


def note(of: Map, drawn: Plane, lang: Lang) -> str:
    missing = [area.key or area.name for area in of.areas if area.unit not in drawn.shapes]
    if not missing:
        return ""
    words = text(de="Ohne Grenze, daher nicht auf der Karte: {}.", en="Without a border, so not on the map: {}.")
    return words.say(lang).format(", ".join(missing))
