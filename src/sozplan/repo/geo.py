"""Borders from GeoJSON, joined by key to the units of a level that are in force on the file's boundary date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sozplan.diagnostics import Code, Diagnostic, Location, Text, diagnostic, text
from sozplan.model.geometry import Atlas, Shape
from sozplan.model.plan import Plan
from sozplan.model.territory import Boundaries, Unit
from sozplan.repo import crs
from sozplan.repo.codes import geo as codes
from sozplan.repo.content import decode
from sozplan.repo.geojson import Collection, Feature, NotGeoJson, Source, TooMuch, collection
from sozplan.repo.limits import LIMITS, Limits
from sozplan.repo.rings import Budget, Fault, bounds, place, polygons
from sozplan.repo.shown import shown
from sozplan.repo.tree import Tree, UnreadError, unreadable

GEO = re.compile(r"indicators/geo/[^/]+\.geojson")


def atlas(
    tree: Tree, plan: Plan, boundaries: Boundaries, limits: Limits = LIMITS
) -> tuple[Atlas, tuple[Diagnostic, ...]]:
    """What can be drawn of the declared file, and what is wrong with it; an atlas without shapes where all is."""
    join = _Join(plan, boundaries, Budget(limits))
    faults = _read(tree, boundaries, join, limits)
    return join.atlas(), tuple(sorted(faults, key=lambda each: each.order))


def undeclared(plan: Plan, paths: Iterable[str]) -> Iterator[Diagnostic]:
    """Files of borders that nothing in the plan names."""
    named = {each.path for each in plan.boundaries}
    if not plan.muted:
        yield from (diagnostic(codes.NOT_DECLARED, Location(path)) for path in paths if path not in named)


def _read(tree: Tree, boundaries: Boundaries, join: _Join, limits: Limits) -> list[Diagnostic]:
    path = boundaries.path
    if not GEO.fullmatch(path) or path not in {entry.path for entry in tree.files()}:
        if any(fault.at.file == path for fault in tree.faults):
            return []
        return [diagnostic(codes.FILE_MISSING, boundaries.at("path").location, path=path)]
    try:
        content = decode(tree.read(path), path)
    except UnreadError as error:
        return [error.diagnostic]
    except OSError as error:
        return [unreadable(path, error)]
    if isinstance(content, Diagnostic):
        return [content]
    source = Source(path, content)
    try:
        found = collection(content, limits)
        faults = [_told(source, *said) for said in join.enter(found)]
    except NotGeoJson as error:
        return [diagnostic(codes.NOT_GEOJSON, source.locate(error.at), what=error.what)]
    except TooMuch as error:
        join.shapes.clear()
        return [diagnostic(codes.TOO_MUCH, Location(path), limit=error.limit, what=error.what)]
    return [*faults, *join.unmatched(source)]


_FEW = 3

_Said = tuple[Code, int, dict[str, Any]]


def _told(source: Source, code: Code, at: int, args: dict[str, Any]) -> Diagnostic:
    first = args.pop("of", None)
    if first is not None:
        args |= {"first": first.number, "line": source.locate(first.at).line}
    return diagnostic(code, source.locate(at), **args)


@dataclass
class _Join:
    """Geometries and units on their way to each other."""

    plan: Plan
    declared: Boundaries
    budget: Budget
    shapes: dict[str, Shape] = field(default_factory=dict)
    """By the id of the unit."""
    first: dict[str, Feature] = field(default_factory=dict)
    """The first geometry of each key."""
    repeated: list[tuple[Feature, str]] = field(default_factory=list)
    nameless: dict[str, list[tuple[Feature, Text]]] = field(default_factory=dict)
    """Those without usable key and what is wrong with it, alike ones together."""
    said: list[_Said] = field(default_factory=list)
    lies_abroad: bool = False

    def __post_init__(self) -> None:
        day, level = self.declared.boundary, self.declared.level
        units = (unit for unit in self.plan.units if unit.level == level and unit.in_force(day))
        self.units: Mapping[str, Unit] = {unit.key: unit for unit in units}

    def atlas(self) -> Atlas:
        told = self.declared
        shapes = sorted(self.shapes.values(), key=lambda shape: (shape.key, shape.unit))
        missing = tuple(unit.id for _, unit in sorted(self.units.items()) if unit.id not in self.shapes)
        surplus = tuple(sorted(self.first.keys() - self.units.keys()))
        return Atlas(told.crs, told.level, told.boundary, told.source, told.licence, tuple(shapes), missing, surplus)

    def enter(self, found: Collection) -> list[_Said]:
        """Takes up all geometries; what is wrong with them as code, place in the text and words for the message."""
        if found.crs is not None:
            self._contradicted(*found.crs)
        for feature in found.features:
            self._drawn(feature, self._named(feature))
        for feature, key in self.repeated:
            args = {"number": feature.number, "key": shown(key), "of": self.first[key], "hint": self._mistaken()}
            self.said.append((codes.DUPLICATE_KEY, feature.at, args))
        for (first, fault), *others in self.nameless.values():
            self.said.append((codes.KEY, first.at, {"number": first.number, "fault": _as_well(fault, len(others))}))
        return self.said

    def _named(self, feature: Feature) -> str | None:
        key = _key(feature, self.declared.key)
        if not isinstance(key, str):
            fault = _as_text(key, self.units) if isinstance(key, Number) else key
            self.nameless.setdefault("" if isinstance(key, Number) else fault.en, []).append((feature, fault))
            return None
        if self.first.setdefault(key, feature) is not feature:
            self.repeated.append((feature, key))
        return key

    def _mistaken(self) -> Text:
        """Whose geometry it may be: where a few have none, one of these."""
        lacking = sorted(self.units.keys() - self.first.keys())
        if lacking and len(lacking) <= _FEW:
            de, en = ", ".join(f"„{key}“" for key in lacking), ", ".join(f"“{key}”" for key in lacking)
            return text(
                de=f"Ohne Geometrie: {de}; vielleicht gehört eine von beiden dorthin.",
                en=f"Without geometry: {en}; perhaps one of the two belongs there.",
            )
        return text(
            de="Gehören sie nicht zusammen, berichtigen Sie den Schlüssel.",
            en="If they don't belong together correct the key.",
        )

    def _drawn(self, feature: Feature, key: str | None) -> None:
        told = Text("–", "–") if key is None else text(de=f"„{shown(key)}“", en=f"“{shown(key)}”")
        try:
            shape = polygons(_geometry(feature), self.budget)
        except Fault as error:
            self.said.append((codes.INVALID, feature.at, {"number": feature.number, "key": told, "fault": error.what}))
            return
        low, high = bounds(shape)
        if not self.lies_abroad and not crs.lies_in_germany(self.declared.crs, low, high):
            self.lies_abroad = True
            self.said.append((codes.CRS, feature.at, {"fault": self._abroad(feature, low, high)}))
        if key is not None and (unit := self.units.get(key)) is not None:
            before = self.shapes.get(unit.id)
            self.shapes[unit.id] = Shape(unit.id, key, (*(before.polygons if before else ()), *shape))

    def _contradicted(self, at: int, member: Any) -> None:
        told = crs.named(member)
        if told is not None and crs.contradicts(told, self.declared.crs):
            name, own = shown(told, 40), self.declared.crs
            fault = text(
                de=f"Die Datei nennt selbst das Koordinatensystem {name} („crs“), in {self._where()} steht {own}."
                " Berichtigen Sie, was nicht stimmt",
                en=f"the file itself names the coordinate system {name} (“crs”), {self._where()} says {own}."
                " Correct whichever is wrong",
            )
            self.said.append((codes.CRS, at, {"fault": fault}))

    def _abroad(self, feature: Feature, low: tuple[float, float], high: tuple[float, float]) -> Text:
        own = self.declared.crs
        point = high if crs.lies_in_germany(own, low, low) else low
        hint = crs.guess(own, point)
        return text(
            de=f"Geometrie Nr. {feature.number} ({place(point)}) liegt in {own}, wie es in {self._where()} steht, nicht"
            f" in Deutschland. {hint.de}",
            en=f"geometry no. {feature.number} ({place(point)}) doesn't lie in Germany in {own}, as {self._where()} has"
            f" it; {hint.en}",
        )

    def _where(self) -> str:
        at = self.declared.at("crs").location
        return f"{at.file}:{at.line}"

    def unmatched(self, source: Source) -> Iterator[Diagnostic]:
        """Units without geometry and geometries without unit; where nothing fits anything it is said once."""
        if self.plan.muted:
            return
        surplus = [(key, feature) for key, feature in self.first.items() if key not in self.units]
        if surplus and len(surplus) == len(self.first) and len(self.first) > 1:
            yield self._surplus(self.declared.at("property").location, *self._none(surplus[0][0]))
            return
        for key, feature in surplus:
            told = text(
                de=f"Geometrie Nr. {feature.number} (Schlüssel „{shown(key)}“)",
                en=f"Geometry no. {feature.number} (key “{shown(key)}”)",
            )
            yield self._surplus(source.locate(feature.at), told, self._meant(key))
        at = self.declared.at("path").location
        for key, unit in sorted(self.units.items()):
            if key not in self.first:
                yield diagnostic(
                    codes.MISSING, at, entity=unit.id, unit=unit.id, key=key, name=unit.name, path=self.declared.path
                )

    def _surplus(self, at: Location, subject: Text, hint: Text) -> Diagnostic:
        day = self.declared.boundary
        told = Text(f"{day:%d.%m.}{day.year}", day.isoformat())
        return diagnostic(codes.SURPLUS, at, subject=subject, level=self.declared.level, day=told, hint=hint)

    def _none(self, example: str) -> tuple[Text, Text]:
        """That nothing fits, and what to look at."""
        subject = text(
            de=f"Keine der {len(self.first)} Geometrien (etwa Schlüssel „{shown(example)}“)",
            en=f"None of the {len(self.first)} geometries (key “{shown(example)}” say)",
        )
        key = next(iter(sorted(self.units)), None)
        hint = (
            text(
                de=f"Deren Schlüssel sind etwa „{key}“. Prüfen Sie „property“, „level“ und „boundary“.",
                en=f"Their keys are like “{key}”. Look at “property”, “level” and “boundary”.",
            )
            if key
            else text(de="Prüfen Sie „level“ und „boundary“.", en="Look at “level” and “boundary”.")
        )
        return subject, hint

    def _meant(self, key: str) -> Text:
        near = [known for known in self.units if known.lstrip("0") == key.lstrip("0").strip()]
        if near:
            return text(de=f"Gemeint ist vermutlich „{near[0]}“.", en=f"Probably “{near[0]}” is meant.")
        return text(
            de="Ergänzen Sie die Einheit in plans/territory/, oder nehmen Sie die Geometrie aus der Datei.",
            en="Add the unit in plans/territory/ or take the geometry out of the file.",
        )


def _geometry(feature: Feature) -> Any:
    value = feature.value
    if not isinstance(value, dict) or value.get("type") != "Feature":
        raise Fault(text(de="es ist kein „Feature“", en="it is no “Feature”"))
    return value.get("geometry")


class Number(NamedTuple):
    """A key that stands there as a number."""

    told: str


def _key(feature: Feature, name: str) -> str | Number | Text:
    """The key, else what is wrong with it."""
    value = feature.value if isinstance(feature.value, dict) else {}
    properties = value.get("properties")
    properties = properties if isinstance(properties, dict) else {}
    if name not in properties and name == "id" and "id" in value:
        properties = value
    key = properties.get(name)
    if isinstance(key, str) and key.strip():
        return key
    if isinstance(key, int | float) and not isinstance(key, bool):
        return Number(shown(repr(key), 30).removesuffix(".0"))
    if name in properties:
        return text(de=f"Die Eigenschaft „{shown(name)}“ ist leer", en=f"the property “{shown(name)}” is empty")
    others = ", ".join(shown(each, 20) for each in list(properties)[:8]) or "–"
    return text(
        de=f"Die Eigenschaft „{shown(name)}“ mit dem Schlüssel fehlt; es gibt: {others}",
        en=f"the property “{shown(name)}” with the key is missing; there are: {others}",
    )


def _as_text(key: Number, units: Mapping[str, Unit]) -> Text:
    meant = next((known for known in sorted(units) if known.lstrip("0") == key.told), key.told)
    return text(
        de=f'Der Schlüssel steht als Zahl da ({key.told}); schreiben Sie ihn als Text: "{meant}"',
        en=f'the key stands there as a number ({key.told}); write it as text: "{meant}"',
    )


def _as_well(fault: Text, others: int) -> Text:
    if not others:
        return fault
    return text(de=f"{fault.de}; so auch bei {others} weiteren", en=f"{fault.en}; so with {others} others")
