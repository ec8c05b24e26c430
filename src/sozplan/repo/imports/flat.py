"""Flat files of GENESIS: a record per value (new), or a record per area and time with the values beside it (old)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sozplan.diagnostics import Text, text
from sozplan.model.imported import Reason
from sozplan.model.periods import Period
from sozplan.model.profiles import ImportProfile, ProfileColumn
from sozplan.repo.imports.areas import Areas
from sozplan.repo.imports.items import Item
from sozplan.repo.imports.ledger import Ledger, Unreadable
from sozplan.repo.imports.rows import Row, label, tidy
from sozplan.repo.imports.times import as_year, parse_period, part_of_year
from sozplan.repo.shown import shown

_NEW = re.compile(r"(\d+)_variable_(?:(attribute)_)?(code|label)")
_OLD = re.compile(r"(\d+)_(?:(Auspraegung)|Merkmal)_(Code|Label)")
_FIXED = frozenset(("Statistik_Code", "Statistik_Label", "Zeit_Code", "Zeit_Label", "Zeit"))
_TOTALS = frozenset(("insgesamt", "total", "gesamt"))


@dataclass(frozen=True, slots=True)
class _Variable:
    """Where a variable and its attribute stand."""

    code: int
    attribute: int
    attribute_label: int | None


@dataclass(frozen=True, slots=True)
class _Values:
    """A column of values: what it counts is said by its heading (old) or by the record (new)."""

    index: int
    mark: int | None
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Layout:
    time: int
    variables: tuple[_Variable, ...]
    values: tuple[_Values, ...]
    named_by: tuple[int, ...]
    """Columns of the new form that say what the value counts, and in which unit."""
    width: int


_Kind = tuple[_Variable | None, tuple[int, ...]]
_HELD = 20_000


class _Meaning(NamedTuple):
    """What a record says apart from area and value."""

    period: Period | None
    found: Sequence[tuple[_Values, ProfileColumn]]
    described: str


class Flat:
    """One pass over the records of a flat file, in any order and with columns in any order."""

    def __init__(self, profile: ImportProfile, areas: Areas, ledger: Ledger, period: Period | None = None) -> None:
        self._profile, self._areas, self._ledger = profile, areas, ledger
        self._period = period or profile.period.value
        self._kinds: dict[tuple[str, ...], _Kind] = {}
        self._meanings: dict[tuple[tuple[str, ...], tuple[str, ...]], _Meaning] = {}

    def items(self, rows: Iterable[Row]) -> Iterator[Item]:
        lines = iter(rows)
        header = next(lines, None)
        if header is None:
            return
        layout = _layout(header)
        self._check(header)
        for row in lines:
            if len(row.cells) == layout.width:
                yield from self._record(row, layout)
            elif row.filled:
                self._ledger.fault(row.place(), _ragged(len(row.cells), layout.width))

    def _check(self, header: Row) -> None:
        if not self._profile.areas.variables:
            raise Unreadable(
                header.place(),
                text(
                    de="Das Profil nennt nicht, welches Merkmal das Gebiet ist (areas: variables, z. B. [KREISE]).",
                    en="The profile doesn't say which variable is the area (areas: variables, [KREISE] say).",
                ),
            )

    def _record(self, row: Row, layout: _Layout) -> Iterator[Item]:
        """Records that only differ in area and value mean the same, and are understood once."""
        codes = tuple(row.cells[v.code].text for v in layout.variables)
        area, telling = self._kinds.get(codes) or self._kind(codes, row, layout)
        said = codes, tuple(row.cells[i].text for i in telling)
        meant = self._meanings.get(said)
        if meant is None:
            meant = self._meaning(row, layout, area)
            if len(self._meanings) < _HELD:
                self._meanings[said] = meant
        yield from self._items(row, layout, area, meant)

    def _kind(self, codes: tuple[str, ...], row: Row, layout: _Layout) -> _Kind:
        """Which variable is the area, and the columns that say what the record is about."""
        by_name = _codes(row, layout)
        area = next((by_name[name] for name in self._profile.areas.variables if name in by_name), None)
        others = (v for v in layout.variables if v is not area)
        attributes = (i for v in others for i in (v.attribute, v.attribute_label) if i is not None)
        found = area, (layout.time, *layout.named_by, *attributes)
        if len(self._kinds) < _HELD:
            self._kinds[codes] = found
        return found

    def _meaning(self, row: Row, layout: _Layout, area: _Variable | None) -> _Meaning:
        codes = {name: variable for name, variable in _codes(row, layout).items() if variable is not area}
        period, timed = self._when(row, layout, codes)
        rest = {name: v for name, v in codes.items() if name not in timed}
        found = [(each, rule) for each in layout.values if (rule := self._rule(row, layout, each, rest)) is not None]
        return _Meaning(period, found, "" if found else self._described(row, layout, rest))

    def _items(self, row: Row, layout: _Layout, area: _Variable | None, meant: _Meaning) -> Iterator[Item]:
        if area is None or meant.period is None:
            self._ledger.fault(row.place(), self._lacking(row, layout, area is None))
            return
        if not meant.found:
            self._ledger.drop(Reason.RECORD, meant.described)
            return
        where = row.cells[area.attribute]
        key = self._areas.find(where, row.place(area.attribute))
        for each, rule in meant.found:
            mark = "" if each.mark is None else row.cells[each.mark].plain
            raw = key or self._areas.raw(where)
            yield Item(rule, raw, key, meant.period, row.cells[each.index], mark, row.place(each.index))

    def _when(self, row: Row, layout: _Layout, codes: Mapping[str, _Variable]) -> tuple[Period | None, set[str]]:
        """The period, and the variables that are part of it."""
        if self._period is not None:
            return self._period, set()
        time = row.cell(layout.time).plain
        for name, variable in codes.items():
            if (found := part_of_year(time, row.cell(variable.attribute).plain)) is not None:
                return found, {name}
        found = parse_period(time)
        return (as_year(found) if found and self._profile.period.as_year else found), set()

    def _rule(self, row: Row, layout: _Layout, each: _Values, rest: Mapping[str, _Variable]) -> ProfileColumn | None:
        names = {*each.names, *(row.cell(i).plain for i in layout.named_by)}
        folded = {label(name) for name in names}
        for rule in self._profile.columns:
            wanted = (rule.variable, rule.unit, *rule.labels)
            if all(name is None or label(name) in folded for name in wanted) and self._where(row, rule, rest):
                return rule
        return None

    @staticmethod
    def _where(row: Row, rule: ProfileColumn, rest: Mapping[str, _Variable]) -> bool:
        """Each variable has the attribute that the rule names; one that it doesn't name must be the total."""
        where = rule.where or {}
        if any(name not in rest for name in where):
            return False
        for name, variable in rest.items():
            code = row.cell(variable.attribute).plain
            said = "" if variable.attribute_label is None else label(row.cell(variable.attribute_label).text)
            if name in where:
                if where[name] != code and label(where[name]) != said:
                    return False
            elif code and said not in _TOTALS:
                return False
        return True

    @staticmethod
    def _described(row: Row, layout: _Layout, rest: Mapping[str, _Variable]) -> str:
        named = [row.cell(i).plain for i in layout.named_by[:1]] or [each.names[0] for each in layout.values[:1]]
        conditions = [f"{name}={row.cell(v.attribute).plain or '–'}" for name, v in rest.items()]
        return shown(", ".join((*named, *conditions)))

    @staticmethod
    def _lacking(row: Row, layout: _Layout, area: bool) -> Text:
        if area:
            codes = ", ".join(shown(row.cell(v.code).plain, 20) for v in layout.variables) or "–"
            return text(
                de=f"Keines der Merkmale ist das Gebiet, das das Profil nennt (areas: variables); es gibt: {codes}.",
                en=f"None of the variables is the area that the profile names (areas: variables); there are: {codes}.",
            )
        said = shown(row.cell(layout.time).plain, 20)
        return text(de=f"„{said}“ ist kein Zeitraum.", en=f"“{said}” is no period.")


def _codes(row: Row, layout: _Layout) -> dict[str, _Variable]:
    return {row.cell(v.code).plain: v for v in layout.variables if row.cell(v.code).plain}


def _ragged(found: int, width: int) -> Text:
    return text(
        de=f"Die Zeile hat {found} Felder, die Kopfzeile {width}.",
        en=f"The line has {found} fields, the header line {width}.",
    )


def _layout(header: Row) -> _Layout:
    names = [tidy(cell.text) for cell in header.cells]
    repeated = next((name for i, name in enumerate(names) if name in names[:i]), None)
    if repeated is not None:
        raise Unreadable(
            header.place(names.index(repeated)),
            text(
                de=f"Die Spalte „{shown(repeated)}“ steht zweimal in der Kopfzeile.",
                en=f"The column “{shown(repeated)}” stands twice in the header line.",
            ),
        )
    if _is_new(names):
        return _new(names)
    if _is_old(names):
        return _old(names)
    raise Unreadable(
        header.place(),
        text(
            de="Das ist kein Flatfile aus GENESIS: In der Kopfzeile fehlen „time“, „value“ und „value_variable_code“ "
            "oder „Zeit“ und „1_Merkmal_Code“.",
            en="This is no flat file of GENESIS: the header line lacks “time”, “value” and “value_variable_code” "
            "or “Zeit” and “1_Merkmal_Code”.",
        ),
    )


def is_flat(header: Row) -> bool:
    names = [tidy(cell.text) for cell in header.cells]
    return _is_new(names) or _is_old(names)


def _is_new(names: list[str]) -> bool:
    return {"time", "value", "value_variable_code"} <= set(names)


def _is_old(names: list[str]) -> bool:
    return "Zeit" in names and any(_OLD.fullmatch(name) for name in names)


def _new(names: list[str]) -> _Layout:
    at = {name: i for i, name in enumerate(names)}
    named = ("value_variable_code", "value_variable_label", "value_unit")
    values = (_Values(at["value"], at.get("value_q"), ()),)
    return _Layout(at["time"], _variables(names, _NEW), values, tuple(at[n] for n in named if n in at), len(names))


def _old(names: list[str]) -> _Layout:
    """All that is neither fixed nor a variable is a column of values, or with `__q` of signs."""
    at = {name: i for i, name in enumerate(names)}
    rest = [name for name in names if name and name not in _FIXED and not _OLD.fullmatch(name)]
    marks = {name.removesuffix("__q"): at[name] for name in rest if name.endswith("__q")}
    values = tuple(
        _Values(at[name], marks.get(name, marks.get(name.rpartition("__")[0])), (name, *name.split("__")))
        for name in rest
        if not name.endswith("__q")
    )
    return _Layout(at["Zeit"], _variables(names, _OLD), values, (), len(names))


def _variables(names: list[str], form: re.Pattern[str]) -> tuple[_Variable, ...]:
    found: dict[int, dict[tuple[bool, str], int]] = {}
    for i, name in enumerate(names):
        if (match := form.fullmatch(name)) is not None:
            found.setdefault(int(match[1]), {})[bool(match[2]), match[3].lower()] = i
    return tuple(
        _Variable(at[False, "code"], at[True, "code"], at.get((True, "label")))
        for _, at in sorted(found.items())
        if (False, "code") in at and (True, "code") in at
    )
